// Arabic and Persian as typed on latin keyboards. Source: own list, unreviewed; words that are as common in the
// languages of latin_words.cpp are left out.
#include <array>

#include "language/word_lists.hpp"

namespace passerelle::language {
namespace {

constexpr std::array<WordList, 2> romanised{{
    {"ar-Latn",
     "salam* slm salem* alikom alaykom 3alikom 3likom marhaba* marhba ahla ahlan sbah sba7* khir lkhir* kheir khayr "
     "5ir masa msa elkhir ellil lile bslema* bislema beslama labes* labas bas chnowa* chnoua* chniya chnia ahwel "
     "ahwalek a7walek hwalek kifach* kifech* kifah kifak keefak kifik chlonak shlonak chkoun chkon chnou chnouwa ach "
     "ech wech* wach wesh* wash winek winak win wein fein waynak chno achno chnahia 3lach* 3lech alech 3leh leh lech "
     "leish 9adech 9adeh gaddech kadech kaddech 9addech b9adech bech bach beh bich wela walla wla ama7 ema lakin lekin "
     "n7eb* nheb* nhab n7ab t7eb theb bghit bghiti brit nebghi habit 7abit bedi baddi biddi 3ayez 3awez 3ayz abi abgha "
     "urid orid 7ab hab 7aja haja hajja 7aga 7wayej ana enta enti nti nta ntouma 7na ahna houa huwa howa hia hiya "
     "houma homa inta inti ihna rani rak raki rahou rahi rahom rana rakom mouch* mouchkla mochkla moch mech mich mchi "
     "mahouch mahich mafamech mafamma famma fama fema mafich mafish mafi kayen makach makanch mkanch ma3andich "
     "ma3ndich andi 3andi* 3andek 3andou 3andna 3ndi 3ndk 3ndo 3endi barcha* barsha yesser yaser bezaf* bzaf bezzaf "
     "bezef chwaya chwiya chouia shwaya chwia ktir kteer kathir kolchi kolshi kul kull ya5i yakhi khouya* khoya 5ouya "
     "khuya akhi 5o5ti okhti sa7bi* sahbi sadi9 sadi9i weldi benti wlidi 3ayla 3aila ommi 5alti 3ammi jiran wled bnet "
     "rajel mra mar2a tawa taw tawwa daba drok drouk dorka hala2 halla2 elyoum lyoum lyom lioum elyom ghodwa ghedwa "
     "ghadwa ghoudwa gheda bokra bukra bkra 8odwa ems emes elbareh lbareh lbare7 mbere7 embare7 ba3d ba3ed 9bal 9bel "
     "abl 3aych 3aychek* aychek aychik y3aychek yaychek chokran* choukran* shukran* shokran* chukran barakallahou "
     "barak allah fik fikom lah yabarek y3atik sa7a saha sahha sa7it sahit ma3lich* maalich maalech ma3lech samahni "
     "sama7ni smahni smhli sorry afwan 3afwan afak 3afak inchallah* nchallah incha2allah inshallah* inchalla "
     "hamdoullah* hamdullah 7amdoullah* el7amdoulillah lhamdoulilah rabi rabbi wallah* wallahi wlh walah nchalah "
     "yarhmou yar7mou rahmou yarham machallah mashallah alah bisa7tek mabrouk mabrok 9oli goli 9olli golili 9al gal "
     "9alou galou t9oul tgoul n9oul ngoul 7ki ahki a7ki na7ki nehki yehki tehki tfhem fhemt fhmt mafhemtch mafhamtch "
     "na3ref ta3ref 3araf 3aref man3refch ma3rafch na3rafch n3ref ya3ref chouf choufou chuf shouf nchouf tchouf ra9em "
     "nimro noumrou numro te5dem ne5dem nekhdem yekhdem khedma khdma 5edma 5dma khdama flous flouss fluss drahem "
     "draham 7a99 ha9 haq khlas khalas 5las khales tkhales nkhales ka7ba dar eddar darna sokna sakna kra kri nekri "
     "kera karhba wa9t wakt waqt sa3a se3a sé3a dakika d9i9a nhar lil jom3a sebt tnin thnin tlata tleta larb3a arb3a "
     "khmis el5mis chahr char 3am 3amin sne snin mawid maw3ed maw3id bit beit wra9 wra9i awra9 ikama i9ama tabib tbib "
     "sbitar spitar hopital dwa dawa mridh marid mrid mri9 i3awni 3awenni 3awnouni 3aweni mosa3da mousa3ada musa3ada "
     "sa3edni sa3edouni najem tnajem nejem tnejem ynajem n9der na9der ta9der t9der yajri 9odem 9odam lazem lezem "
     "lezmni khasni khassni khass khsni ehna hna hné houni hneya lhih ghadi hadi hada hedha hetha hadha hedhi hethi "
     "haka heka hak hedhom heda hadek hedheka hakeka hakka zeda zada zouz jouj thletha arba3 khamsa mezyen mziyen "
     "mezyan mzyan zwin zwina behi behya bahi mli7 mlih mleh 7low helou hlou tayeb tayyeb taieb kwayes kwayyes mnih "
     "mni7 mezel mazel mazal baraka yezi yezzi safi saf khalih khalli khalini sibni rouh rou7 nrou7 nrouh tro7 tji "
     "tjini nji neji yji yjiw ija aji ta3ala imchi nemchi nemchiw mchit mchet jit jet jina lli elli eli illi ili lel "
     "fil bil min 3al 3ala 3la ala 3an m3a ma3a maa m3ak m3akom m3aya bla blech bidoun fih fiha fihom fia biya bih "
     "biha lih leha lihom liya lina likom 3lih 3liha 3lik 3liya 3lina minou menha minhom wehed wa7ed wahed wa7da chay "
     "chey okhra o5ra"},
    {"fa-Latn",
     "salam* dorud* khoobi* khubi* khobi chetori* chetory* chetorid* khoobid khubid halet haletoon haletun ahvalet che "
     "khabar khabara sobh bekheir bekhair bekher asr shab bekheyr khodahafez* khoda hafez khodafez khodahafes bedrood "
     "oon shoma shomaha anha oonha una ishoon ishun inja injaa oonja unja hamin hamoon hich hichi hame hamash hamechiz "
     "chiz chizi kasi hichkas hichkase khodam khodet khodesh khodemoon khaheshan khahesh mikonam mikoni mikone mikonim "
     "mikonid mikonan mikham* mikhaam mikhay mikhad mikhahad mikhahim mikhaym mikhahid mikhain mikhan nemikham "
     "nemikhaam nemikhad nemidoonam* nemidunam* nemidanam midoonam midunam midanam midooni miduni midanid nemitoonam "
     "nemitunam nemitavanam mitoonam mitunam mitavanam mitooni mituni mitoonid mitavanid hastam hasti hast hastim "
     "hastid hastand nist nistam nisti nistim nistand bood bud boodam budam boodi boodim boodan nabood nabud ast yek "
     "yeki chahar panj shesh haft hasht noh dah miram miri mire mirim mirid miran raftam rafti raft raftim boro berim "
     "beram beri bere biya biyaid biain miam miyam miay miyay miad miyad miaim miyaim omadam oomadam umadam omad oomad "
     "amad amadam amade bayad bashe basheh bashad basham bashi bashim nabayad shayad chi chieh chiye chie chist kieh "
     "kiye kojast koja kojaei kojai kojaee kei kay chera chetor chejoori chand chandta chande cheghad cheghadr kodoom "
     "kodum aya age agar vali amma chon baraye barayeh bara barat baram barash dar hamdige kheili kheyli kheyly khayli "
     "kami kam bishtar kamtar ziad ziyad khoob khob khub khube khoobe badi behtar bozorg koochik kuchik jadid ghadim "
     "dorost doroste ghalat rast mige migam migi migid migan goft gofti goftam begoo begu begam bego bebin bebinid "
     "bebakhshid* bebakhshin mazerat mersi mamnoon* mamnun* mamnoonam tashakor* tashakkor sepas motshakeram "
     "moteshakeram* lotfan* lotfa befarmaid befarma ghorboonet ghorbunet fadat azizam aziz joon jun dooset duset doost "
     "dustam doostam daram dari darim darid daran nadaram nadari nadare nadarim dasht dashtam dashti komak* komakam "
     "konid konin bokon kon konam konim kone konan kard kardam kardi kardim kardan karde shod shode shodam mishe "
     "misheh mishavad nemishe nemisheh emrooz emruz farda dirooz diruz dishab emshab alan alaan hala haalaa baad ghabl "
     "zohr saat sa'at daghighe rooz ruz hafte mah sal sale vaght vaghte ghezashte dige digeh hanooz hanuz hamishe zood "
     "dir ghaza nan naan khooneh khune khane otagh karam shoghl pul poolam pasaport pasport madrak madarek edare "
     "dadgah vakil panahande panahandegi eghamat darkhast javab mosahebe molaghat daroo daru bimar bimarestan mariz "
     "dard madrese bache bacheha bache'am shohar pedar madar baradar khahar khanevade shomare shomareh adres"},
}};

}  // namespace

std::span<const WordList> romanised_word_lists() { return romanised; }

}  // namespace passerelle::language
