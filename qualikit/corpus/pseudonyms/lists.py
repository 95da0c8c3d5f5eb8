"""Words that tell a name from the rest, written for this purpose: given names, family names, institutions, places.

Short on purpose. They help where a transcript has no capitals and where a name must be invented; they are not what
finds most names. Everything is compared folded (``text.fold``).
"""

from __future__ import annotations

from qualikit.text import fold

# Two usages, so that an invented name says about as much, and as little, of its bearer as the real one did.
_WOMEN_FRENCH = """
Adèle Adeline Agathe Agnès Alice Aline Alix Amandine Amélie Anaïs Andrée Angèle Angélique Anne Annick Annie Antoinette
Apolline Arlette Astrid Aude Audrey Aurélie Aurore Axelle Barbara Béatrice Bénédicte Bernadette Berthe Blandine
Brigitte Capucine Carine Carole Caroline Catherine Cécile Céline Chantal Charlène Charlotte Christelle Christiane
Christine Claire Clara Clarisse Claudine Clémence Clémentine Clotilde Coline Colette Constance Coralie Corinne Cynthia
Danièle Danielle Daphné Delphine Denise Diane Édith Éléonore Éliane Élisa Élisabeth Élise Élodie Éloïse Elsa Emma
Emmanuelle Émeline Émilie Estelle Esther Eugénie Éva Évelyne Fabienne Fanny Faustine Félicie Fernande Flavie Flora
Florence Floriane Françoise Gabrielle Gaëlle Geneviève Georgette Germaine Ghislaine Ginette Gisèle Gwenaëlle Hélène
Héloïse Henriette Huguette Inès Irène Isabelle Jacqueline Janine Jeanne Jeannine Jennifer Jessica Joëlle Josette
Josiane Judith Julie Juliette Justine Karine Laetitia Laura Laure Laurence Léa Léonie Liliane Lise Lola Louise Lucette
Lucie Lucienne Lydie Madeleine Maëlle Maëlys Magali Manon Marcelle Margaux Margot Marguerite Marianne Marie Marielle
Marilyne Marine Marion Marlène Marthe Martine Maryline Maryse Mathilde Mélanie Mélissa Micheline Michèle Mireille
Monique Morgane Muriel Mylène Myriam Nadège Nadine Natacha Nathalie Nicole Noélie Noémie Océane Odette Odile Olivia
Ophélie Oriane Pascale Patricia Paule Paulette Pauline Pénélope Perrine Philippine Pierrette Raymonde Régine Reine
Renée Rolande Romane Rosalie Rose Roseline Roxane Sabine Sabrina Salomé Sandra Sandrine Sarah Ségolène Séverine Simone
Solange Solène Sonia Sophie Stéphanie Suzanne Sylvaine Sylviane Sylvie Tatiana Thérèse Tiphaine Valentine Valérie
Vanessa Véronique Victoire Victoria Violaine Violette Virginie Viviane Yolande Yvette Yvonne Zoé
"""
_MEN_FRENCH = """
Adrien Alain Albert Alexandre Alexis Alfred Alphonse Amaury André Antoine Antonin Armand Arnaud Arthur Aubin Auguste
Augustin Aurélien Baptiste Barnabé Basile Bastien Benjamin Benoît Bernard Bertrand Boris Brice Bruno Cédric Célestin
Charles Christian Christophe Clément Corentin Cyril Damien Daniel David Denis Didier Dimitri Donatien Édouard Éloi
Émile Éric Ernest Étienne Eugène Fabien Fabrice Félix Ferdinand Fernand Firmin Florent Florian Francis François Franck
Frédéric Gabin Gabriel Gaël Gaétan Gaspard Gaston Gauthier Geoffroy Georges Gérald Gérard Germain Ghislain Gilbert
Gilles Grégoire Grégory Guillaume Gustave Guy Henri Hervé Hubert Hugo Hugues Ivan Jacques Jacky Jean Jérémie Jérémy
Jérôme Joachim Joël Jonathan Joseph Josselin Jules Julien Justin Kévin Laurent Léo Léon Léonard Léopold Lionel Loïc
Louis Luc Lucas Lucien Ludovic Marc Marcel Marius Martial Martin Mathieu Mathis Matthieu Maurice Maxence Maxime Michel
Mickaël Nathan Nicolas Noé Norbert Octave Olivier Oscar Pascal Patrice Patrick Paul Philibert Philippe Pierre Quentin
Raoul Raphaël Raymond Régis Rémi Rémy René Renaud Richard Robert Robin Rodolphe Rodrigue Roger Roland Romain Romuald
Samuel Sébastien Serge Séverin Simon Stanislas Stéphane Steve Sylvain Tanguy Théo Théodore Théophile Thibault Thierry
Thomas Timothée Tristan Ulysse Valentin Valéry Victor Vincent Virgile Vivien Xavier Yann Yannick Yoann Yvan Yves Yvon
"""
_WOMEN_OTHER = """
Aïcha Aïssata Amel Amina Aminata Anissa Asma Assia Awa Aya Ayse Bintou Binta Bouchra Chadia Chérifa Djamila Dounia
Elif Emine Faïza Farida Fatiha Fatima Fatma Fatou Fatoumata Fouzia Habiba Hafida Halima Hanane Hayat Hawa Houria Ikram
Ilham Imane Jamila Kadiatou Kadidja Karima Keltoum Khadija Khadidja Kheira Lamia Latifa Leïla Lila Linda Lina Loubna
Malika Mariam Mariama Meriem Mina Mounia Nabila Nacera Nadia Naïma Najat Nawal Nora Nour Oumou Ouarda Rachida Rajaa
Rania Rim Saïda Safia Salima Salma Samia Samira Sana Selma Siham Sihem Soraya Souad Soumia Touria Wafa Warda Yamina
Yasmina Yasmine Zahra Zakia Zineb Zohra Zoulikha Svetlana Olena Oksana Irina Ludmila Maria Ana Conceição Fernanda Rosa
Teresa Gloria Carmen Dolores Consuelo Mercedes Giulia Francesca Chiara Paola Thi Linh Mai Lan Mei Xiu Priya Anjali
Lakshmi Divya
"""
_MEN_OTHER = """
Abdallah Abdel Abdelkader Abdelaziz Abdellah Abdou Abdoulaye Adama Adel Adem Ahmed Ali Aliou Amadou Amar Amine Anas
Aziz Azzedine Bachir Badr Bakary Bilal Boubacar Brahim Chakib Cheikh Demba Djamel Djibril Driss Fahd Farid Fares Fathi
Fayçal Fodé Fouad Habib Hafid Hakim Hamid Hamza Hassan Hicham Houssine Hussein Ibrahim Ibrahima Idriss Ilyas Ismaël
Ismaïl Issa Jamal Kader Kamel Karim Khaled Khalid Lahcen Lakhdar Larbi Lotfi Mahmoud Majid Malek Malik Mamadou Mansour
Marouane Medhi Mehdi Mehmet Miloud Moctar Modibo Mohamed Mohammed Mokhtar Moussa Mouloud Mounir Mourad Mouss Moustapha
Murat Mustafa Mustapha Nabil Nacer Nadir Nasser Nordine Noureddine Omar Ousmane Ousseynou Rachid Rachad Rafik Ramzi
Rayan Réda Redouane Rédouane Riad Sadek Saïd Salah Salim Samba Sami Samir Sékou Seydou Slimane Sofiane Soufiane
Souleymane Tahar Tarek Tariq Tidiane Toufik Walid Wassim Yacine Yahya Yassine Younès Youssef Youssouf Zakaria Zinedine
Andriy Dmytro Igor Oleg Sergueï Vladimir António João José Manuel Fernando Paulo Miguel Javier Juan Pedro Carlos
Giovanni Marco Luigi Minh Duc Wei Ravi
"""
_EITHER = """
Alex Ange Camille Charlie Claude Dominique Eden Francis Frédérique Gwen Jocelyn Lou Loan Maé Maxime Morgan Noa Sacha
Sasha Stéphane Swann Andréa Ariel Céleste Yaël Élie Mahé Lenny Alix
"""
_FAMILY = """
Alard Ancelin Arnoux Aubert Aubin Auvray Bailly Barbier Baudry Bazin Bellanger Besnard Bertin Besson Blondel Bodin
Bouvier Brunet Cadiou Carlier Chauvin Chevalier Clavel Collet Cordier Couderc Courtois Coste Crépin Daviau Delcourt
Delmas Descamps Devaux Dufour Dumas Duret Estève Faucher Favier Ferrand Fournel Garcin Gaillard Gaudin Gilard Girod
Godard Grondin Guérin Guichard Hamel Hardouin Jamet Joubert Jourdan Kerbrat Lacroix Lagarde Lambert Langlois Lebrun
Leclercq Lemoine Lescure Levasseur Maillard Mallet Marchal Marty Masson Mercadier Meunier Millet Moreau Morel Morvan
Navarre Neveu Noël Ollivier Pasquier Pelletier Périer Picard Pichon Poirier Prévost Quéméner Rambaud Renard Reynaud
Ribot Rigaud Rivière Rolland Roussel Sabatier Salvat Sauvage Savary Seguin Tessier Thibaud Tissot Vacher Valette
Vasseur Verdier Vidal Vigneron Villard Vincent Weiss Wagner
"""
_FAMILY_OTHER = """
Abadi Achour Aït-Ali Amari Amrani Attia Ayadi Azzouz Bakari Bamba Belaïd Belkacem Benaissa Benamar Bensalem Berrada
Bouazza Bouhaddi Boukari Camara Chaoui Cherfi Cissé Coulibaly Dahmani Daoudi Dembélé Derradji Diakité Diarra Djebbar
Fofana Ghezali Hadjadj Hamdi Idrissi Kaci Kaddour Kanté Keïta Khelifi Konaté Koné Lahlou Larbi Maïga Mansouri Mebarki
Meziane Mokrani Nasri Ouali Ouattara Rahmani Sabri Sahli Saïdi Sangaré Sidibé Slimani Soumaré Taleb Tazi Touati Touré
Traoré Yahiaoui Zaïdi Zerrouki
"""
_CITIES = """
Paris Marseille Lyon Toulouse Nice Nantes Montpellier Strasbourg Bordeaux Lille Rennes Reims Toulon Saint-Étienne
Le-Havre Grenoble Dijon Angers Villeurbanne Saint-Denis Nîmes Clermont-Ferrand Aix-en-Provence Le-Mans Brest Tours
Amiens Annecy Limoges Metz Boulogne-Billancourt Perpignan Besançon Orléans Rouen Montreuil Caen Argenteuil Mulhouse
Nancy Tourcoing Roubaix Nanterre Vitry-sur-Seine Créteil Avignon Poitiers Aubervilliers Dunkerque Aulnay-sous-Bois
Colombes Versailles Saint-Pierre Courbevoie Béziers Cherbourg La-Rochelle Pau Cannes Antibes Mérignac Saint-Nazaire
Colmar Ajaccio Bastia Bourges Quimper Valence Chambéry Niort Lorient Vannes Laval Cholet Évry Arles Aubagne Vénissieux
Pessac Belfort Albi Montauban Tarbes Bayonne Castres Blois Chartres Évreux Auxerre Troyes Charleville Chalon Mâcon
Roanne Vichy Nevers Moulins Montluçon Châteauroux Angoulême Périgueux Agen Cahors Rodez Aurillac Mende Alès Sète
Narbonne Carcassonne Foix Auch Dax Mont-de-Marsan Gap Digne Draguignan Fréjus Hyères Martigues Salon Istres Vitrolles
Marignane Gardanne Cassis Saint-Malo Fougères Vitré Redon Mayenne Alençon Saint-Brieuc Lannion Morlaix
"""
_WIDE = """
France Europe Afrique Asie Amérique Maghreb Algérie Maroc Tunisie Mali Sénégal Guinée Congo Cameroun Comores Mayotte
Madagascar Turquie Syrie Liban Irak Iran Afghanistan Ukraine Russie Pologne Roumanie Bulgarie Portugal Espagne Italie
Allemagne Belgique Suisse Angleterre Royaume-Uni Irlande Grèce Chine Inde Pakistan Vietnam Brésil Canada Québec Haïti
États-Unis Martinique Guadeloupe Guyane Réunion Bretagne Normandie Provence Occitanie Aquitaine Nouvelle-Aquitaine
Île-de-France Alsace Lorraine Bourgogne Auvergne Corse Picardie Méditerranée Atlantique Loire Rhône Seine Garonne
Mayenne Sarthe Gironde Ille-et-Vilaine Bouches-du-Rhône Var Finistère Morbihan Sud Nord Est Ouest
"""
_INSTITUTIONS = """
CAF CPAM MSA CARSAT ANTS CCAS CIAS ASE PMI MDPH RSA AAH APL ARS ANAH ANCT DGFIP URSSAF CNAV CNAM CROUS DREETS INSEE
CNIL SNCF RATP EDF GDF ENGIE Veolia SFR Orange Free Bouygues Doctolib WhatsApp Facebook Google Gmail YouTube Instagram
Messenger Skype Zoom Teams Internet Wifi Windows Word Excel Android Apple iPhone Samsung Amazon Leboncoin Netflix
Ameli Pix FranceConnect HLM ZUS QPV REP DDTM PC SMS RGPD CDI CDD BTS CAP BAC RTT SMIC IUT EHPAD SAMU SDIS GAFA
"""
_PHRASES = (
    "pôle emploi", "france travail", "france services", "la poste", "banque postale", "sécurité sociale",
    "mission locale", "maison de quartier", "centre social", "conseil départemental", "conseil régional",
    "emmaüs connect", "emmaüs", "secours populaire", "secours catholique", "restos du cœur", "croix-rouge",
    "éducation nationale", "crédit agricole", "caisse d'épargne", "crédit mutuel", "point justice",
    "maison france services", "protection maternelle et infantile", "assurance maladie", "conseiller numérique",
    "pass numérique", "aidants connect", "action logement",
)  # fmt: skip
_TITLES_WOMEN = "mme mmes madame mesdames mlle mlles mademoiselle mesdemoiselles"
_TITLES_MEN = "m mr monsieur messieurs"
_TITLES_EITHER = "dr docteur docteure me maître maitre pr professeur professeure"
_OPENERS = """
ah ai bah ben bon bonjour bonsoir hein euh heu oui non ouais nan ok okay voilà merci salut pardon dac dacc allez alors
mmh hmm mhm pff oh eh hé hop bof chut ouf rires silence inaudible hum tiens ouah waouh wouah donc mais exactement
effectivement franchement évidemment voila enfin bref super génial parfait carrément clairement attention stop covid
wifi mail mails smartphone smartphones email tuto tutos appli applis boulot télé sympa internet blabla truc trucs
machin quoi ça c'est là d'accord celui celle ceux celles quel quelle mdr genre kiné psy proprio gars mec mecs nana ado
ados papi mamie mamy papy tata tonton appart resto restos ordi ordis portable fac prof profs flyer flyers moi toi lui
eux elles elle nous vous rien tout tous personne aucun cela ceci quoi qui dont chacun beaucoup plein aujourd quelqu
presqu jusqu lorsqu puisqu quoiqu entr prud parking week-end weekend mon ma triporteur triporteurs
"""
_ALSO_WORDS = """
rose pierre claire grace france victoire constance prudence aurore blanche reine ange lou marin franc desire clement
aime parfait fidele violette marguerite angelique flore iris jasmine olive germain germaine martial juste eden robin
mai lan
ali gloria linda salma noel jean marie martin colin simon lucas olivier basile aude lance anna rim nour
"""
_OCCUPATIONS = """
maire mairesse adjoint adjointe préfet préfète député députée sénateur sénatrice président présidente directeur
directrice secrétaire médecin docteur pharmacien pharmacienne infirmier infirmière curé imam pasteur rabbin boulanger
boulangère boucher coiffeur coiffeuse notaire instituteur institutrice proviseur principal principale gardien
gardienne concierge coordinateur coordinatrice médiateur médiatrice bibliothécaire chef cheffe responsable gérant
gérante fleuriste facteur factrice dentiste kinésithérapeute vétérinaire garagiste trésorier trésorière référent
référente élu élue
"""


def _set(words: str) -> frozenset[str]:
    return frozenset(fold(word.replace("-", " ")) for word in words.split())


WOMEN = {"french": tuple(_WOMEN_FRENCH.split()), "other": tuple(_WOMEN_OTHER.split())}
MEN = {"french": tuple(_MEN_FRENCH.split()), "other": tuple(_MEN_OTHER.split())}
EITHER = tuple(_EITHER.split())
FAMILY = {"french": tuple(_FAMILY.split()), "other": tuple(_FAMILY_OTHER.split())}

WOMEN_FOLDED = _set(_WOMEN_FRENCH + _WOMEN_OTHER)
MEN_FOLDED = _set(_MEN_FRENCH + _MEN_OTHER)
EITHER_FOLDED = _set(_EITHER) | (WOMEN_FOLDED & MEN_FOLDED)
GIVEN = WOMEN_FOLDED | MEN_FOLDED | EITHER_FOLDED
OTHER_USAGE = _set(_WOMEN_OTHER + _MEN_OTHER + _FAMILY_OTHER)

CITIES = _set(_CITIES)
WIDE = _set(_WIDE)
"""Too wide to point at anybody: kept unless the evaluator decides otherwise."""
INSTITUTIONS = _set(_INSTITUTIONS) | frozenset(fold(phrase.replace("-", " ")) for phrase in _PHRASES)
TITLES_WOMEN, TITLES_MEN = _set(_TITLES_WOMEN), _set(_TITLES_MEN)
TITLES = TITLES_WOMEN | TITLES_MEN | _set(_TITLES_EITHER)
OPENERS = _set(_OPENERS)
"""Spoken words that dictionaries leave out, and that begin sentences with a capital."""
ALSO_WORDS = _set(_ALSO_WORDS)
"""Given names that are said as words more often than as names; the dictionary has others that nobody says."""
OCCUPATIONS = _set(_OCCUPATIONS)
"""Of these a place often has one: said with the place, they name somebody."""
