#include <array>

#include "language/word_lists.hpp"

namespace passerelle::language {
namespace {

constexpr std::array<WordList, 21> latin{{
    {"fr",
     "arrive arriver arriverai arrivé arrivée retard retards froid froide chaud chaude chauffage eau électricité "
     "lumière lit cuisine salle bain toilettes machine laver panne cassé cassée marche fuite toit ascenseur voisin "
     "voisins bruit malade malades fièvre dents ventre tête douleur enceinte bébé couches lait crèche vêtements "
     "nourriture colis manger mange faim pleut dedans dehors inscription inscrire apprendre avocat asile demande "
     "demander réponse recours décision convocation entretien préfecture mairie assurance facture payer paye loyer "
     "contrat stage formation conduire voiture vélo gare ticket billet clé clés porte fenêtre lundi mardi mercredi "
     "jeudi vendredi samedi dimanche janvier février avril juin juillet août septembre octobre novembre décembre "
     "changer annuler reporter confirmer ouvert ouverte fermé fermée disponible possible perdu perdue volé nouveau "
     "nouvelle grand petit gratuit lieu date rue ville pays personne personnes gens ami amis interprète traducteur "
     "assistante sociale éducateur foyer centre svp bjr bsr pb qqn dsl besion ya jai cest quil bientot appeller "
     "rappeler écrire envoyer reçu recevoir courrier poste banque compte chose choses ainsi leur toute selon droit "
     "droits liberté sera seront peuvent aura elle-même être doivent notamment égalité loi protection ~eux_ ~euse_ "
     "~oir_ ~ette_ ~elle_ ~ille ~aî ~ant_ ~é_ ~ée_ ~és_ ~tre_ ~_l' ~_d' ~_j' ~_n' ~_c' ~_m' ~_qu' ~eau_ ~ouv ~ité_ "
     "~ance_ bonjour* bonsoir* salut* coucou* bjr* bsr* slt* merci* oui* non aide* svp* stp* m'appelle* rendez rdv* "
     "pardon* désolé désolée bienvenue bientôt "
     "au revoir d'accord je j' tu il elle on nous vous ils elles me te se le la les l' un une des du de d' au aux et "
     "ou où mais donc car que qu' qui quoi dont ce c' cet cette ces ça cela mon ma mes ton ta tes son sa ses notre nos "
     "votre vos leur leurs suis es est sommes êtes sont étais était ai as avons avez ont avait avais être avoir fait "
     "faire faut peux peut pouvez pouvons pouvoir veux veut voulez voudrais vouloir dois doit devez sais sait savoir "
     "vais va allons allez vont aller viens vient venir parle parler comprends comprend comprendre cherche besoin "
     "trouver trouve donner donne prendre appeler appelle arriver arrive attends demander demande habite ne pas plus "
     "jamais rien très bien mal bon bonne trop peu beaucoup aussi encore toujours déjà maintenant aujourd'hui demain "
     "hier matin soir après-midi après avant quand comment combien pourquoi parce où ici là avec sans pour par dans "
     "sur sous chez vers entre depuis pendant jusqu'à comme si alors rendez-vous rdv* enfant enfants famille mari "
     "femme fille fils mère père frère maison appartement logement chambre travail emploi école médecin hôpital "
     "papiers permis carte séjour argent numéro téléphone adresse lettre bureau heure heures jour jours semaine mois "
     "année français cours pluie problème question message monsieur madame prénom nom s'il plaît quel quelle quels "
     "quelles tout tous toute toutes autre même deux trois quatre cinq ~eau ~aux_ ~oux ~ç ~œ ~ê ~tion_ ~ment_ ~ez_ "
     "~qu' ~eur_ ~oi ~é ~è ~ent_ ~ique_ ~aient_"},
    {"en",
     "arrive arriving cold hot heating water electricity light bed kitchen bathroom toilet machine wash washing broken "
     "working leak leaking roof neighbour neighbours neighbor noise fever tooth teeth pain headache pregnant diapers "
     "milk nursery clothes food parcel eat hungry raining inside outside register registration learn lawyer asylum "
     "request answer decision interview insurance bill pay rent contract training course courses drive car bike "
     "station ticket key keys door window monday tuesday wednesday thursday friday saturday sunday january february "
     "march april june july august september october november december change cancel postpone confirm open closed "
     "available possible lost stolen new big small free place date city country person friends interpreter translator "
     "social worker centre center write send sent received receive mail post bank account thing things something "
     "someone anything nothing everyone person's rights right everyone freedom shall law equal protection entitled "
     "thanx u pls plz dont cant im didnt whats wheres hows ok okay fine great nice day see later soon until yet kids "
     "son's living doing morning ~ness_ ~ment_ ~'s_ ~ful_ ~able_ ~ea ~igh ~kn ~wn_ ~rs_ ~ay_ ~ould_ hello* hi* hey* "
     "thanks* thank* yes* no please* help* sorry* welcome* bye* goodbye* morning good i i'm i'll i've i'd you he she "
     "it we they me him her us them my your his its our their mine yours a an the and or but so because if then than "
     "that this these those there here who what when where why how which am is are was were be been being have has had "
     "having do does did doing don't doesn't didn't can can't could will won't would should must may might shall need "
     "want wants wanted know think get got give go going gone come came coming say said tell told ask make made take "
     "find work works working live speak understand call see look wait not very too also only just now today tomorrow "
     "yesterday tonight again still already always never much many more most some any all every other another first "
     "last new next with without for from to of in on at by about after before into over under until since appointment "
     "meeting children child baby family husband wife son daughter mother father brother sister friend house home room "
     "flat apartment job school doctor hospital papers passport money number phone address letter office time hour day "
     "week month year english problem question message people name street bus train late sick right well one two three "
     "four five o'clock ~th ~wh ~ight ~ing_ ~ould ~ough ~tion_ ~ck ~sh ~ed_ ~ly_ ~ow_ ~ee ~oo"},
    {"de",
     "hallo* guten* danke* bitte* ja* nein* hilfe* grüezi* tschüss* ich du er sie es wir ihr mich mir dich dir uns "
     "euch ihnen mein meine meinen dein deine sein seine unser ihre der die das den dem des ein eine einen einem einer "
     "und oder aber denn weil dass wenn ob als wie was wer wo wann warum bin bist ist sind seid war waren habe hast "
     "hat haben hatte werden wird wurde kann kannst können muss müssen will wollen möchte möchten soll darf brauche "
     "braucht gehen geht komme kommen kommt machen macht sprechen spreche verstehe weiss weiß wissen gibt nicht kein "
     "keine auch noch schon sehr gut nur immer jetzt heute morgen gestern hier da dort mit ohne für von zu zum zur bei "
     "nach aus auf an am im in vor über unter bis seit termin kind kinder familie mann frau wohnung arbeit schule arzt "
     "krankenhaus geld nummer telefon adresse uhr tag woche monat jahr deutsch frage hab ned isch nöd ~sch ~ung_ ~ß ~ü "
     "~ö ~ä ~cht ~eit_ ~ich_ ~ei ~tz ~pf"},
    {"it",
     "ciao* buongiorno* buonasera* grazie* prego* sì* aiuto* scusi* salve* io tu lui lei noi voi loro mi ti ci vi si "
     "lo la li le gli ne il un uno una dei del della delle degli al alla alle agli dal dalla nel nella sul sulla di a "
     "da in con su per tra fra e o ma però perché che chi cosa come quando dove quanto quale sono sei è siamo siete "
     "era ho hai ha abbiamo avete hanno essere avere fare faccio fa posso può possiamo voglio vuole vorrei devo deve "
     "sapere so sa andare vado va venire viene parlo parla capisco bisogno non più molto bene male anche ancora sempre "
     "già adesso oggi domani ieri qui qua questo questa questi quello quella mio mia miei tuo suo sua nostro tutto "
     "tutti altro appuntamento bambino bambini figlio figlia famiglia marito moglie casa lavoro scuola medico ospedale "
     "soldi numero telefono indirizzo ora giorno settimana mese anno italiano ~zione_ ~gli ~cch ~zz ~ò ~ù ~tà_ ~ggi "
     "~_qu ~iamo_ ~mente_"},
    {"es",
     "hola* gracias* buenos* buenas* sí* ayuda* adiós* yo tú él ella nosotros ustedes ellos me te se nos lo la los las "
     "le les el un una unos unas del al de a en con por para sin sobre desde hasta y o pero porque que qué quien quién "
     "como cómo cuando cuándo donde dónde cuánto cuál soy eres es somos son estoy está estamos están era fue he has ha "
     "hemos han tengo tiene tenemos tienen hay ser estar tener hacer hago hace puedo puede podemos quiero quiere "
     "quisiera debo sé sabe saber voy va vamos ir vengo viene hablo habla entiendo necesito necesita no más muy bien "
     "mal también todavía siempre ya ahora hoy mañana ayer aquí ahí allí este esta esto estos ese esa mi mis tu su sus "
     "nuestro todo todos otro cita niño niños hijo hija hijos familia marido esposa mujer casa trabajo escuela médico "
     "hospital dinero número teléfono dirección hora día semana mes año español favor usted ~ción_ ~ñ ~ll ~ó_ ~iendo_ "
     "~ado_ ~ida_ ~¿ ~dad_ ~ción ~ue"},
    {"pt",
     "olá* oi* obrigado* obrigada* bom dia boa tarde noite sim* não* ajuda* tchau* eu tu ele ela nós vocês eles você "
     "me te se lhe nos o a os as um uma uns umas do da dos das no na nos nas ao à de em com por para sem sobre e ou "
     "mas porque que quem como quando onde quanto qual sou és é somos são estou está estamos estão era foi tenho tem "
     "temos têm há ser estar ter fazer faço faz posso pode podemos quero quer queria devo sei sabe saber vou vai vamos "
     "ir venho vem falo fala entendo preciso precisa mais muito bem mal também ainda sempre já agora hoje amanhã ontem "
     "aqui ali este esta isto esse essa meu minha meus seu sua nosso tudo todos outro consulta criança crianças filho "
     "filha filhos família marido esposa mulher casa trabalho escola médico hospital dinheiro número telefone endereço "
     "morada hora dia semana mês ano português ~ção_ ~ções_ ~ão_ ~nh ~lh ~õe ~ê ~ç ~mente_ ~dade_ ~eir"},
    {"tr",
     "merhaba* selam* selamlar* teşekkürler* teşekkür* sağol* evet* hayır* yardım* lütfen* günaydın* tamam* iyi günler "
     "akşamlar ben sen o biz siz onlar bana sana ona bize size beni seni onu bizi benim senin onun bizim sizin bu şu "
     "bir ve veya ama çünkü ki de da ile için gibi kadar sonra önce ne nerede nereye nasıl neden niçin kim kaç zaman "
     "hangi var yok değil mi mı mu mü istiyorum istiyor lazım gerek olarak oldu olur olan geldi gidiyorum geliyorum "
     "yapmak etmek biliyorum bilmiyorum anlamıyorum konuşuyorum çok daha en şimdi bugün yarın dün burada orada her şey "
     "hiç randevu çocuk çocuklar çocuğum aile eşim kocam karım ev iş okul doktor hastane para numara telefon adres "
     "saat gün hafta ay yıl türkçe bey hanım ~ş ~ğ ~ı ~lar_ ~ler_ ~yor ~ıyor ~üyor ~dır_ ~ım_ ~ınız ~ç ~iniz ~ken_ "
     "~ml"},
    {"so",
     "salaan* asc* haye* mahadsanid* haa* maya* caawimo* fadlan* subax* galab* habeen* wanaagsan iska warran walaal "
     "waxaan waxaad waxay waxuu wuxuu waa waan wuu way ayaa baa aan aad uu ay iyo oo ama ee ka ku u la si in inaan "
     "inaad inuu inay lagu loo soo ma maxaa maxay yaa goorma xaggee halkee sidee immisa waayo sababtoo ah ahay tahay "
     "yahay ahayn jira jirto jiraa rabaa doonayaa rabo haystaa leeyahay leedahay karaa kartaa kari garanayaa aqaan "
     "hadda maanta berri shalay halkan halkaas ballan ballanta carruur carruurta ilmo ilmaha caruurta wiil gabar "
     "qoyska reerka xaas guri guriga shaqo iskuul dugsi dhakhtar dhakhtarka isbitaal lacag lambar telefoon saacad "
     "maalin toddobaad bil sanad soomaali af waxba wax qof ~aa ~dh ~xa ~ii ~uu ~ay_ ~yo_ ~ee ~_wax ~aad ~q ~x"},
    {"sq",
     "përshëndetje* tungjatjeta* mirëdita* mirëmëngjes* faleminderit* po* jo* ndihmë* lutem* mirë* unë ti ai ajo ne ju "
     "ata ato më të e i u na ju për në nga me pa te tek dhe ose por sepse që çka çfarë kush si kur ku sa pse a ky kjo "
     "këta ai im ime tim e mi jam je është jemi jeni janë isha ishte kam ke ka kemi keni kanë dua do doja mund duhet "
     "di nuk s' nuk flas kuptoj shkoj vij bëj shumë pak tani sot nesër dje këtu atje edhe gjithë vetëm takim takimi "
     "fëmijë fëmijët familja burri gruaja shtëpi shtëpia banesë punë puna shkollë mjeku spital para numri telefon "
     "adresa ora orë dita ditë javë muaj vit shqip një dy tre ~ë ~sh ~xh ~nj ~gj ~dhe ~ç ~zh ~ej_ ~th ~qi ~ua"},
    {"ku",
     "silav* rojbaş* merheba* spas* erê* na* alîkarî* kerema ez tu ew em hûn wî wê min te me we xwe ev vî vê û an yan "
     "lê ji li bi di de re ve ku çi kî kengî kengê çawa çima çend kîjan im î e in heye hene tune nîne bû bûn dixwazim "
     "dixwaze dikarim dikare nikarim dizanim nizanim diçim têm dibe bike bikin dikim gelek pir îro sibê duh niha li "
     "vir wir jî hemû her tenê hevdîtin civan zarok zarokên malbat mêr jin mal xanî kar dibistan bijîşk doktor "
     "nexweşxane pere hejmar telefon navnîşan saet roj hefte meh sal kurdî kurmancî ne na nav ~ê ~î ~û ~xw ~ş ~ç ~_di "
     "~ên_ ~in_ ~im_ ~wî"},
    {"sw",
     "habari* jambo* hujambo* asante* ndiyo* hapana* msaada* tafadhali* karibu* shikamoo* mimi wewe yeye sisi ninyi "
     "wao na au lakini kwa ya wa za la cha vya ni si nini nani wapi lini vipi gani kwamba kama ili hii hiyo huyu hapa "
     "pale leo kesho jana sasa sana pia tu bado kila yote watu mtu nina una ana tuna nataka ninataka naweza siwezi "
     "nahitaji ninahitaji najua sijui naomba nasema kuwa kufanya kwenda kuja miadi mtoto watoto familia mume mke "
     "nyumba nyumbani kazi shule daktari hospitali pesa fedha namba nambari simu saa siku wiki mwezi mwaka kiswahili "
     "yangu wangu langu ~_nina ~_wa ~_ki ~_mw ~_ku ~ji ~_ma ~kwa ~ny ~ng'"},
    {"om",
     "akkam* nagaa* galatoomi* eeyyee* lakki* gargaarsa* maaloo* ani ati inni isheen nuti isin isaan kan kana kun sun "
     "fi yookaan garuu sababni akka irraa keessa jira jirti jiru dha ta'e ta'uu hin nan ni maal eenyu eessa yoom "
     "akkamitti meeqa barbaada barbaadna danda'a beeka har'a bor boru kaleessa amma beellama ijoollee maatii mana "
     "hojii barumsa doktora qarshii lakkoofsa bilbila sa'aatii guyyaa torban ji'a waggaa afaan oromoo namni nama "
     "bayyee baay'ee hunda ~dh ~aa ~ee_ ~uu_ ~tti_ ~oo ~ii ~'a ~ph ~cha ~_ni"},
    {"ha",
     "sannu* barka* nagode* gode* eh* taimako* ina kwana yaya ni kai ke shi ita mu ku su ya ta da na a ne ce ba bai "
     "ban wannan wancan wani wata me mene wane ina yaushe yadda nawa don domin saboda amma kuma ko idan cewa daga zuwa "
     "cikin akan zan zai za ina yana tana muna suna so son iya bukatar sani yau gobe jiya yanzu nan can sosai duk kowa "
     "mutum mutane yaro yara gida aiki makaranta likita asibiti kudi lamba waya lokaci rana mako wata shekara hausa ~ɗ "
     "~ƙ ~ɓ ~_na ~wa_ ~kw ~ts ~'y ~_ha"},
    {"ln",
     "mbote* matondo* iyo* lisalisi* palado* sango nini ngai yo ye biso bino bango na ya te to po mpo kasi soki lokola "
     "oyo wana nani wapi ntango boni azali nazali ozali bazali ezali nalingi olingi alingi nakoki akoki nayebi "
     "nayebaka te lelo lobi sikoyo awa kuna mingi nyonso moko mibale mwana bana libota mobali mwasi ndako mosala "
     "kelasi monganga lopitalo mbongo nimero telefone ngonga mokolo poso sanza mobu lingala bato moto kosala kozala "
     "~_na ~mb ~ng ~nd ~_ko ~li_ ~_ba ~zal"},
    {"wo",
     "salaam* asalaa* nanga* jërejëf* waaw* déedéet* ndimbal* def mangi fii rekk man yow moom nun yeen ñoom ma nga mu "
     "nu ngeen ñu na ci ak te wala waaye ndax lan kan fan kañ naka ñaata am amul amuma bëgg bëgguma mën mënuma xam "
     "xamuma dem ñëw jox wax dégg tey suba démb leegi fi foofu lool yépp bu bi gi mi si yi xale xaleyi njaboot jëkkër "
     "jabar kër liggéey ekool doktoor xaalis nimero telefon waxtu bés ayubés weer at wolof nit nitt sama ~ñ ~ë ~x ~ée "
     "~aa ~ii ~oo ~kk ~pp ~ngi ~uma_"},
    {"bm",
     "initie* aniche* inisogoma* awɔ* ayi* dɛmɛ* i ni ce sogoma n ne i e a an aw u ni ye bɛ tɛ ka ma ko la na kan fɛ "
     "min mun jɔn waati cogo joli nka walima sabu bi sini kunun sisan yan yen den denw musow muso cɛ so baara kalan "
     "dɔgɔtɔrɔ wari nimɔrɔ telefɔni don dɔgɔkun kalo san bamanankan mɔgɔ mɔgɔw dɔ bɛɛ kɛ taa ~ɛ ~ɔ ~ɲ ~ŋ ~nk ~kɛ ~w_"},
    {"vi",
     "xin chào* chào* cảm ơn cám vâng* không* có giúp tôi bạn anh chị em ông bà nó chúng ta họ của là và hoặc nhưng vì "
     "nếu khi ở đâu gì ai nào sao bao giờ được cần muốn biết đi đến làm nói hiểu rất cũng đã đang sẽ hôm nay mai qua "
     "bây giờ đây đó này kia hẹn con trẻ gia đình chồng vợ nhà việc học bác sĩ bệnh viện tiền số điện thoại địa chỉ "
     "ngày tuần tháng năm tiếng việt một hai ba ~ơ ~ư ~đ ~ạ ~ế ~ộ ~ấ ~ề ~ả ~ng_ ~nh_ ~ươ"},
    {"nl",
     "hallo* hoi* bedankt* dank ja nee* hulp* goedemorgen* goedendag* ik jij je hij zij ze wij we jullie mij mijn jouw "
     "zijn haar ons onze de het een en of maar want omdat dat die dit deze wat wie waar wanneer waarom hoe ben bent is "
     "was heb hebt heeft hebben kan kunnen wil willen moet moeten nodig gaan ga komt niet geen ook nog al heel goed nu "
     "vandaag morgen gisteren hier daar met zonder voor van naar bij uit op aan in afspraak kind kinderen huis werk "
     "school dokter geld uur dag nederlands ~ij ~oe ~aa ~sch ~uu ~eeg ~ui"},
    {"pl",
     "cześć* dzień* dobry witam* dziękuję* tak* nie* pomoc* proszę* ja ty on ona my wy oni mnie mi cię jest są był mam "
     "masz ma mogę chcę muszę wiem się że co kto gdzie kiedy jak dlaczego ile to ten ta i a ale czy bo lub w na z do "
     "od dla po przez bez bardzo też już jeszcze teraz dziś dzisiaj jutro wczoraj tutaj spotkanie dziecko dzieci dom "
     "praca szkoła lekarz pieniądze numer telefon godzina dzień tydzień ~sz ~cz ~rz ~ł ~ż ~ś ~ą ~ę ~dz ~ów_"},
    {"ro",
     "bună* salut mulțumesc* da* nu* ajutor* ziua eu tu el ea noi voi ei mă te se îmi îl o un una unei și sau dar "
     "pentru că ce cine unde când cum cât care este sunt am ai are avem aveți vreau pot trebuie știu nu mai foarte "
     "bine acum azi astăzi mâine ieri aici acolo cu fără la de în pe din programare copil copii familie casă muncă "
     "școală doctor spital bani număr telefon oră zi săptămână limba română ~ă ~ț ~ș ~ului_ ~î_ ~esc_ ~ește ~ea_"},
    {"bs",
     "zdravo* pozdrav* hvala* da* ne* pomoć* molim* dobar dan jutro večer ja ti on ona mi vi oni me te ga ju nas vas "
     "mu joj moj moja tvoj naš je su sam si smo ste bio bila nije nisam imam imaš ima nemam mogu može moram želim hoću "
     "trebam treba znam ne što šta ko tko gdje gde kada kako zašto koliko koji i ili ali jer da ako u na s sa za od do "
     "iz po kod bez vrlo jako dobro također sada danas sutra jučer juče ovdje ovde tamo termin dijete djeca deca "
     "porodica obitelj muž žena kuća stan posao škola doktor bolnica novac broj telefon adresa sat dan sedmica mjesec "
     "godina ~đ ~ć ~č ~š ~ž ~ije ~nj ~lj ~ski_ ~ova"},
}};

}  // namespace

std::span<const WordList> latin_word_lists() { return latin; }

}  // namespace passerelle::language
