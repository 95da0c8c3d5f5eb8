from qualikit.ui.main import main

main()
