"""Places that customers name: countries in both languages from CLDR, and the lookups of cities and districts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from babel import Locale

from assistant.values.folding import normalise

_USUAL = {
    "AE": "UAE", "TR": "Türkiye", "US": "United States", "GB": "United Kingdom", "HK": "Hong Kong", "MO": "Macao", "PS": "Palestine", "MM": "Myanmar",
    "CZ": "Czechia", "CD": "DR Congo", "CG": "Congo", "BA": "Bosnia and Herzegovina", "CI": "Côte d’Ivoire", "SX": "Sint Maarten",
}  # fmt: skip
_OTHER_FORMS = {
    "AE": "uae|u.a.e|emirates|the emirates|emirate|الامارات|امارات|el emarat|emarat|elemarat|al emarat|imarat|الاماارات|united arab emirates",
    "TR": "turkey|turky|turkiye|turkia|turkya|turkiya|تركيا|turkey|turkie|torkya|turkeya", "US": "usa|us|u.s|u.s.a|america|amrica|امريكا|اميركا|امريكه|amreeka|amrika|amreka|states|united states of america|الولايات المتحده|the states",
    "GB": "uk|u.k|britain|great britain|england|بريطانيا|انجلترا|انكلترا|انقلترا|المملكه المتحده|london|bretanya|لندن" .replace("|london", "").replace("|لندن", ""),
    "SA": "saudi|ksa|السعوديه|سعوديه|المملكه|the kingdom|saudia|saudi arabia|elsa3odeya|al saudia|el saudia|alsaudia|as saudiya|المملكه العربيه السعوديه|so3odeya|sa3odeya",
    "EG": "egypt|masr|misr|مصر|egybt|egipt|masser|om eldonya|um aldunia", "JO": "الاردن|jordan|ordon|el ordon|al urdun|elordon|urdun", "SY": "سوريا|سوريه|syria|sorya|souria|soria|الشام|sham",
    "LB": "لبنان|lebanon|lebnan|lubnan|libnan|lobnan", "KW": "الكويت|kuwait|kwait|el kuwait|elkuwait|el kwait|alkuwait|quwait|kuwit", "BH": "البحرين|bahrain|bahrein|el bahrain|elba7rain|ba7rain|ba7rein|elba7rein|el ba7rain|el ba7rein|bahrin",
    "QA": "قطر|qatar|qattar|2atar|gatar|qatr", "OM": "سلطنه عمان|عمان السلطنه|oman|عمان|sultanate of oman|3oman|3uman", "IQ": "العراق|iraq|3ira2|el 3ira2|el3era2|3eraq", "YE": "اليمن|yemen|yaman|el yaman|elyaman|yamen",
    "SD": "السودان|sudan|soodan|el sudan|elsodan|sodan", "MA": "المغرب|morocco|maroc|maghreb|marocco|el maghreb|elmaghreb|al maghrib|maghrib", "DZ": "الجزائر|الجزاير|algeria|el jazayer|dzayer|elgazayer", "TN": "تونس|tunisia|tunis|tounes|tunes",
    "LY": "ليبيا|libya|lybia|libia", "PS": "فلسطين|palestine|falasteen|filistin|falastin|فلسطين المحتله|الضفه|غزه|gaza".replace("|الضفه|غزه|gaza", ""), "IN": "الهند|india|el hend|elhind|hindistan|al hind|elhend|alhind|hind", "PK": "باكستان|pakistan|bakistan|pak|الباكستان|pakstan",
    "PH": "الفلبين|الفليبين|الفلبين|philippines|philipines|phillipines|philippine|philippins|pinas|the philippines|felebin|philipine|filipines", "BD": "بنغلاديش|بنجلادش|بنقلاديش|بنجلاديش|bangladesh|bangla desh|bangladish", "NP": "نيبال|nepal",
    "LK": "سريلانكا|سيريلانكا|سري لانكا|sri lanka|srilanka|serilanka", "ID": "اندونيسيا|indonesia|endonesia|indonisia", "MY": "ماليزيا|malaysia|malisia|malesia|malizya|maleysia", "TH": "تايلند|تايلاند|تايلند|thailand|tailand|thiland", "CN": "الصين|china|el seen|elseen|al seen",
    "JP": "اليابان|japan|yaban", "KR": "كوريا|كوريا الجنوبيه|south korea|korea", "SG": "سنغافوره|singapore|singapoor", "GE": "جورجيا|georgia|gorgia|jorjia", "AZ": "اذربيجان|azerbaijan|azerbijan|baku", "AM": "ارمينيا|armenia",
    "DE": "المانيا|germany|almanya|germeny|germani|almania|deutschland", "FR": "فرنسا|france|faransa|fransa|fransaa", "IT": "ايطاليا|italy|italia|etalia|itali", "ES": "اسبانيا|spain|spania|asbania|espana", "CH": "سويسرا|switzerland|swiss|swisra|switzerlend",
    "NL": "هولندا|holland|netherlands|the netherlands|holanda", "BE": "بلجيكا|belgium", "AT": "النمسا|austria|nemsa|el nemsa", "GR": "اليونان|greece|yunan", "PT": "البرتغال|portugal", "SE": "السويد|sweden", "NO": "النرويج|norway", "DK": "الدنمارك|الدنمرك|denmark",
    "PL": "بولندا|poland", "RU": "روسيا|russia|rosia", "UA": "اوكرانيا|ukraine", "BA": "البوسنه|bosnia|bosna", "AL": "البانيا|albania", "CA": "كندا|canada|kanada", "AU": "استراليا|australia|ostralia", "NZ": "نيوزيلندا|نيوزلندا|new zealand",
    "BR": "البرازيل|brazil|brasil", "AR": "الارجنتين|argentina", "ZA": "جنوب افريقيا|south africa", "KE": "كينيا|kenya", "ET": "اثيوبيا|الحبشه|ethiopia|ithiopia", "NG": "نيجيريا|nigeria", "SO": "الصومال|somalia", "ER": "ارتيريا|اريتريا|eritrea", "DJ": "جيبوتي|djibouti",
    "UG": "اوغندا|uganda", "TZ": "تنزانيا|tanzania", "GH": "غانا|ghana", "MV": "المالديف|جزر المالديف|maldives|the maldives", "IR": "ايران|iran", "AF": "افغانستان|afghanistan", "CY": "قبرص|cyprus", "VN": "فيتنام|vietnam", "MM": "ميانمار|بورما|burma",
    "ML": "mali|جمهوريه مالي", "MR": "موريتانيا|mauritania", "CZ": "التشيك|czech republic|czech", "IE": "ايرلندا|ireland|irlanda", "HK": "هونغ كونغ|هونج كونج|hong kong|hongkong", "TW": "تايوان|taiwan", "KZ": "كازاخستان|kazakhstan", "UZ": "اوزبكستان|uzbekistan", "RO": "رومانيا|romania", "HU": "هنغاريا|المجر|hungary",
}  # fmt: skip
_AMBIGUOUS = frozenset(
    {
        "مالي",
        "تشاد",
        "chad",
        "توغو",
        "بنين",
        "جوام",
        "غينيا",
        "جزر",
        "ريونيون",
        "reunion",
        "us",
        "jersey",
        "guernsey",
        "بالاو",
        "مايوت",
        "man",
        "بيرو",
        "niger",
    }
)


def countries() -> Iterator[tuple[str, str]]:
    """(usual English name, folded form) of every country, in English, Arabic and what customers make of them."""
    english, arabic = Locale("en").territories, Locale("ar").territories
    for code in english:
        if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"):
            usual = _USUAL.get(code, english[code])
            told = {usual, english[code], arabic.get(code, usual), *_OTHER_FORMS.get(code, "").split("|")}
            for form in told:
                folded = normalise(form).text.strip()
                if folded and (folded not in _AMBIGUOUS or form in _OTHER_FORMS.get(code, "").split("|")):
                    yield usual, folded


def forms_of(elements: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(value, folded form) of lookup lines `value = form | form`; the value is a form as well."""
    for element in elements:
        value, _, written = element.partition("=")
        for form in (value, *written.split("|")):
            folded = normalise(form).text.strip()
            if folded:
                yield value.strip(), folded
