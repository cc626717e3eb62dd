"""Titles, openers, surnames and given names in Cyrillic, Greek, Arabic and Chinese writing."""

from __future__ import annotations

#: Titles in small letters before a name, folded and without dots, with what they are in English.
LOWER_TITLES: dict[str, str] = {
    word: title
    for title, words in {
        "mr": """g-n g-na g-nu g-nom g-ne gospodin gospodina gospodinu gospodinom gospodine mister mistera
            misteru misterom ms'e pan pana panu kyrios kyrio kyrie kyrioy kos""",
        "mrs": """g-zha g-zhi g-zhe g-zhu g-zhoy gospozha gospozhi gospozhe gospozhu gospozhoy missis madam
            pani kyria kyrias""",
        "miss": "miss mademuazel' despoinis",
        "comrade": "tov tovarishch tovarishcha tovarishchu tovarishchem syntrofos syntrofo",
        "sir": "ser sera seru serom",
        "lord": "lord lorda lordu lordom lordos lordo",
        "lady": "ledi",
        "prince": "knyaz' knyazya knyazyu knyazem prigkipas prigkipa",
        "count": "graf grafa grafu grafom komis komi",
        "doctor": "doktor doktora doktoru doktorom dr giatros giatro",
        "professor": "professor professora professoru professorom prof kathigitis kathigiti",
        "general": "general generala generalu generalom gen stratigos stratigo",
        "marshal": "marshal marshala marshalu marshalom",
        "ambassador": "posol posla poslu poslom presvis presvi",
        "minister": "ministr ministra ministru ministrom ypoyrgos ypoyrgo",
        "president": "prezident prezidenta prezidentu prezidentom proedros proedro",
    }.items()
    for word in words.split()
}
#: Words that open a sentence or clause in Russian or Greek and are no names, folded.
OPENERS = frozenset(
    """
    segodnya vchera zavtra utrom vecherom dnem noch'yu potom zatem posle pered byl byla byli bylo
    vstretil vstretila vstretili videl videla videli govoril govorila skazal skazala ya my on ona oni
    vy ty v na u s so k ko iz ot do za pri po ob o i a no da net vot eto eti etot eta kak kogda gde
    chto chtoby esli potomu poetomu moy moya nash nasha ego ee ikh zdes' tam tut tozhe takzhe eshche
    uzhe ne ni obedal obedala uzhinal uzhinala zavtrakal priekhal priekhala priekhali prishel prishla
    prishli pozvonil pozvonila poluchil poluchila napisal napisala posetil posetila razgovor beseda
    vstrecha zvonok pis'mo dorogoy dorogaya
    simera chthes ayrio eida eidame milisa itan irthe irthan o i to oi ta tin ton toys tis me apo gia
    kai alla omos otan opoy pos den na tha ekei edo meta prin ego esy aytos ayti emeis
    """.split()
)
#: Places as they are written there, folded.
PLACES = frozenset(
    """
    moskva leningrad peterburg sankt-peterburg petrograd kiev minsk khar'kov odessa yalta krym parizh
    london berlin vena praga varshava rim madrid vashington nyu-york zheneva pekin tokio rossiya
    angliya frantsiya germaniya italiya ispaniya pol'sha amerika evropa aziya kreml' kitay yaponiya
    athina thessaloniki kriti kypros ellada agglia gallia germania italia rosia londino parisi
    """.split()
)

#: Chinese surnames of one sign, the commonest; and those of two.
HAN_SURNAMES = (
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許"
    "傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛"
    "邱秦江史顾顧侯邵孟龙龍万萬段钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文"
)
HAN_SURNAMES_LONG = ("欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "司徒")
#: What follows a name as its title.
HAN_TITLES: dict[str, str] = {
    "先生": "mr", "女士": "mrs", "小姐": "miss", "太太": "mrs", "夫人": "mrs", "同志": "comrade",
    "总理": "premier", "總理": "premier", "主席": "chairman", "部长": "minister", "部長": "minister",
    "大使": "ambassador", "教授": "professor", "博士": "doctor", "将军": "general", "將軍": "general",
    "总统": "president", "總統": "president", "外长": "minister", "さん": "mr", "氏": "mr", "様": "mr",
}  # fmt: skip

ARABIC_TITLES: dict[str, str] = {
    "السيد": "mr", "السيدة": "mrs", "الآنسة": "miss", "الدكتور": "doctor", "الدكتورة": "doctor",
    "الشيخ": "sheikh", "الأمير": "prince", "الأميرة": "princess", "الملك": "king", "الملكة": "queen",
    "الرئيس": "president", "السفير": "ambassador", "الوزير": "minister", "الأستاذ": "professor",
    "الجنرال": "general", "الحاج": "mr", "اللورد": "lord", "السير": "sir", "الرفيق": "comrade",
}  # fmt: skip
ARABIC_GIVEN = frozenset(
    """
    محمد أحمد احمد علي حسن حسين محمود مصطفى إبراهيم ابراهيم إسماعيل يوسف عمر عثمان خالد سعيد سعد
    فيصل فهد سلطان طارق كمال جمال أنور حسني ناصر صالح سالم سليمان داود موسى عيسى يحيى زكريا
    عبدالله عبدالرحمن عبدالعزيز رشيد نوري فؤاد فاروق طلال بندر تركي هشام وليد ياسر ياسين فاطمة
    عائشة خديجة مريم زينب ليلى سعاد نادية أمينة سمير نبيل رفيق بشير أمين توفيق
    """.split()
)
#: Parts of a name that tie on what follows.
ARABIC_LINKS = frozenset("بن ابن بنت عبد أبو ابو أم آل".split())
