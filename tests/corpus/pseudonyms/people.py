"""Two transcripts in which people are named in many ways. Nobody in them exists."""

PASSPHRASE = "girafe violon sept nuages"

GROUP = """\
Animatrice : Bonjour à tous. Mme Bénali, vous commencez ?

Mme Bénali : Oui. Quand il pleut, personne ne vient au triporteur, et je rentre à pied par la rue des Amandiers.

M. Kerouédan : La dame d'à côté, Aïcha, m'a dit d'appeler le 06 12 34 56 78.

Mme Bénali : C'est vrai, BENALI comme on m'appelle. Moi c'est Fatima, et mon mail c'est fatima.benali@exemple.fr.

Animatrice : Merci Fatima Bénali. Et vous, monsieur Kerouédan ?

M. Kerouédan : Les gens du quartier, petit à petit, ils osent.
"""
INTERVIEW = """\
Enquêteur : Vous connaissez Fatima Bénali ?

Aïcha : Oui, c'est ma voisine. L'école d'Aïcha, enfin la mienne, est à Roquefeuil-les-Pins.

Enquêteur : Et le numéro de sécurité sociale ?

Aïcha : Je ne vous le donnerai pas, c'est à moi, ça, et je garde tout dans ma petite boîte.
"""
NAMES = ("Bénali", "Benali", "Fatima", "Kerouédan", "Aïcha", "Roquefeuil", "06 12 34 56 78", "fatima.benali")
"""Every name of the two documents that must go."""
