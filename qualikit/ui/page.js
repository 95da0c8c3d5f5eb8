// The page around Streamlit's widgets: its language, and the English words that Streamlit has no setting for.

const FRENCH = {
  "Upload": "Choisir des fichiers",
  "Add files": "Ajouter des fichiers",
  "Browse files": "Parcourir",
  "Drag and drop files here": "Glissez des fichiers ici",
  "Drag and drop file here": "Glissez un fichier ici",
  "Drag and drop a file here": "Glissez un fichier ici",
  "Drop files here": "Déposez les fichiers ici",
  "Drop file here": "Déposez le fichier ici",
  "No results": "Aucun résultat",
  "Choose an option": "Choisissez",
  "Choose options": "Choisissez",
  "Select...": "Choisir…",
  "Select all": "Tout choisir",
  "Open": "Ouvrir",
  "Clear value": "Effacer",
  "Clear entry": "Effacer",
  "Clear all": "Tout effacer",
  "Clear date": "Effacer la date",
  "Clear dates": "Effacer les dates",
  "Choose date": "Choisir une date",
  "Press Enter to apply": "Entrée pour valider",
  "Press Ctrl+Enter to apply": "Ctrl+Entrée pour valider",
  "Press ⌘+Enter to apply": "⌘+Entrée pour valider",
  "Invalid input.": "Saisie non valable.",
  "Close": "Fermer",
  "Dismiss": "Fermer",
  "Cancel": "Annuler",
  "Delete": "Supprimer",
  "Expand sidebar": "Montrer la navigation",
  "Collapse sidebar": "Replier la navigation",
  "App pages": "Pages",
  "Search": "Chercher",
  "Show/hide columns": "Choisir les colonnes",
  "Download as CSV": "Télécharger en CSV",
  "Fullscreen": "Plein écran",
  "Close fullscreen": "Quitter le plein écran",
  "Close Search": "Fermer la recherche",
  "Type to search": "Chercher…",
  "Sort ascending": "Trier par ordre croissant",
  "Sort descending": "Trier par ordre décroissant",
  "Format": "Format",
  "Autosize": "Ajuster la largeur",
  "Pin column": "Figer la colonne",
  "Unpin column": "Libérer la colonne",
  "Hide column": "Masquer la colonne",
  "Copy column name": "Copier le nom de la colonne",
  "Dataframe column menu": "Menu de la colonne",
  "Statistics": "Statistiques",
  "Clear selection": "Vider la sélection",
  "Delete row(s)": "Supprimer les lignes",
  "Add row": "Ajouter une ligne",
  "Loading...": "Chargement…",
  "Connecting": "Connexion…",
  "Connection lost": "Connexion perdue",
  "Connection error": "L'application ne répond plus",
  "Streamlit server is not responding. Are you connected to the internet?":
    "Relancez qualikit : ce qui était enregistré l'est toujours, et cette page reprendra d'elle-même.",
  "Skip to main content": "Aller au contenu",
  "Running...": "En cours…",
  "Stop": "Arrêter",
  "Copy to clipboard": "Copier",
  "Copied": "Copié",
  "View more": "Voir plus",
  "View less": "Voir moins",
  "Add": "Ajouter",
  "Add:": "Ajouter :",
  "No file selected": "Aucun fichier choisi",
  "Remove file": "Retirer le fichier",
  "Previous page": "Page précédente",
  "Next page": "Page suivante",
  "Previous month.": "Mois précédent.",
  "Next month.": "Mois suivant.",
};

const ENGLISH = { // where Streamlit's words are about Streamlit
  "Connection error": "The application is not answering",
  "Streamlit server is not responding. Are you connected to the internet?":
    "Start qualikit again: what was saved still is, and this page will go on by itself.",
};

const PATTERNS = [
  [/^(?:Limit )?(\d+) ?MB per file(?: • (.*))?$/, (m) => `ou glissez-les ici${m[2] ? ` : ${m[2].toLowerCase()}` : ""} (${m[1]} Mo au plus par fichier)`],
  [/^(\d+(?:\.\d+)?) ?MB$/, (m) => `${m[1].replace(".", ",")} Mo`],
  [/^(\d+(?:\.\d+)?) ?KB$/, (m) => `${m[1].replace(".", ",")} ko`],
  [/^View (\d+) more$/, (m) => `Voir ${m[1]} de plus`],
  [/^File must be (\d+)MB or smaller\.$/, (m) => `Le fichier dépasse ${m[1]} Mo.`],
  [/^(.+) files are not allowed\.$/, (m) => `Les fichiers ${m[1]} ne peuvent pas être lus.`],
  [/^Remove (.+)$/, (m) => `Retirer ${m[1]}`],
  [/^Add: (.+)$/, (m) => `Ajouter : ${m[1]}`],
];

const ICON = /^[a-z0-9_]+ icon$/;

const ATTRIBUTES = ["aria-label", "title", "placeholder"];

const OURS = ".qkc-coder, [data-testid='stHtml']"; // already in the evaluator's language

// What the evaluator wrote is never touched: text is translated only inside Streamlit's own furniture.
const FURNITURE = [
  "[data-testid='stFileUploader']", "[data-testid='stHeader']", "[data-testid='stSidebarHeader']",
  "[data-testid='InputInstructions']", "[data-testid='stElementToolbar']", "[data-testid='stDataFrameColumnMenu']",
  "[data-testid='stDataFrameColumnVisibilityMenu']", "[data-testid='stTooltipContent']",
  "[data-testid='stStatusWidget']", "[data-baseweb='popover']", "[role='listbox']", "[role='dialog']",
  "[data-testid='stDataFrameSearch']", "[data-testid='stConnectionStatus']", "a[href^='#']",
].join(",");

function translated(text) {
  const trimmed = text.trim();
  if (!trimmed || trimmed.length > 160) return null;
  if (document.documentElement.lang !== "fr") {
    return Object.hasOwn(ENGLISH, trimmed) ? text.replace(trimmed, ENGLISH[trimmed]) : null;
  }
  if (Object.hasOwn(FRENCH, trimmed)) return text.replace(trimmed, FRENCH[trimmed]);
  for (const [pattern, write] of PATTERNS) {
    const found = trimmed.match(pattern);
    if (found) return write(found);
  }
  return null;
}

function translateElement(element) {
  for (const name of ATTRIBUTES) {
    const value = element.getAttribute(name);
    const words = value && translated(value);
    if (words && words !== value) element.setAttribute(name, words);
  }
}

function translateText(node) {
  if (ICON.test(node.data) && node.parentElement?.closest("button, a, summary")) {
    node.data = ""; // « close icon », said to those who listen before the words of the button
    return;
  }
  if (!node.parentElement?.closest(FURNITURE)) return;
  const words = translated(node.data);
  if (words && words !== node.data) node.data = words;
}

function translate(root) {
  if (root.nodeType === Node.TEXT_NODE) {
    translateText(root);
    return;
  }
  if (root.nodeType !== Node.ELEMENT_NODE || root.closest(OURS)) return;
  translateElement(root);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
    (node) => (node.nodeType === Node.ELEMENT_NODE && node.matches(OURS) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) translateText(node);
    else translateElement(node);
  }
}

// For those who listen. Streamlit's third-level headings stand right under the page's title, and its drop zone says of
// itself that it means nothing.
let pending = 0;

const OWN_OUTLINE = ".qkc-coder, dialog, [role='dialog']";

function outline() {
  pending = 0;
  let above = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    if (heading.closest(OWN_OUTLINE) || !heading.checkVisibility()) continue;
    const written = Number(heading.tagName[1]);
    const level = Math.min(written, above + 1);
    if (level !== written) heading.setAttribute("aria-level", level);
    else heading.removeAttribute("aria-level");
    above = level;
  }
  for (const zone of document.querySelectorAll("[data-testid='stFileUploaderDropzone'][role='presentation']")) {
    zone.setAttribute("role", "group");
  }
}

function watch() {
  const observer = new MutationObserver((changes) => {
    pending ||= setTimeout(outline, 200);
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(translate);
      else if (change.type === "characterData") translateText(change.target);
      else translateElement(change.target);
    }
  });
  observer.observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
  });
  return observer;
}

// A file dropped anywhere on the corpus goes where the drop zone would have taken it.
function takeDrops() {
  const zone = () => document.querySelector(".st-key-corpus_drop [data-testid='stFileUploaderDropzone']");
  const files = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  let leaving;
  document.addEventListener("dragover", (event) => {
    if (!zone() || !files(event)) return;
    event.preventDefault();
    zone().classList.add("qk-dragged");
    clearTimeout(leaving);
    leaving = setTimeout(() => zone()?.classList.remove("qk-dragged"), 200);
  });
  document.addEventListener("drop", (event) => {
    const input = zone()?.querySelector("input[type=file]");
    if (!input || !files(event) || zone().contains(event.target) || event.target.closest?.("[data-testid='stFileUploader']")) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// After a click on a button around the transcript the keys are the transcript's again: one goes on coding.
function giveKeysBack() {
  document.addEventListener("click", (event) => {
    if (!event.detail || !event.target.closest) return; // a button pressed from the keyboard keeps it
    const reading = document.querySelector(".qkc-scroll");
    if (!reading) return;
    if (event.target.closest(".st-key-undo, .st-key-redo")) reading.focus({ preventScroll: true });
    else if (event.target.closest(".st-key-previous_document, .st-key-next_document")) document.activeElement?.blur();
  });
}

// The coder is some thirty small files that name each other: asked for one after the other they keep a cold tab waiting.
function preload(files) {
  const script = document.querySelector("script[src*='/static/js/']")?.src;
  if (!script) return;
  for (const file of files) {
    const link = document.createElement("link");
    if (file.endsWith(".css")) Object.assign(link, { rel: "preload", as: "style" });
    else link.rel = "modulepreload";
    link.href = new URL(`../../_stcore/bidi-components/${file}`, script).href;
    document.head.append(link);
  }
}

export default function page({ data }) {
  document.documentElement.lang = data.language;
  if (!window.__qualikitPage) {
    window.__qualikitPage = watch();
    preload(data.ahead ?? []);
    takeDrops();
    giveKeysBack();
  }
  translate(document.body);
}
