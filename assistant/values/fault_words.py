"""What customers call a thing that fails and what it does, one regular expression a notion, for single words."""

from __future__ import annotations

NET = (
    r"(?:ال|لل|ب|و|ف)*(?:نت|نتنا|نتكم|انترنت|انترنات|نتي|اننت|انتر|داتا|بيانات|واي|فاي|وايفاي|wifi|wi|internet|net|"
    r"connection|data|fibre|fiber|فايبر|الياف|يوتيوب|broadband|elnet|il?net|connectivity|connexion|"
    r"in[tren]{3,7}|wify|wifii|fiberr?|inter|ا[نتراي]{3,6}ت|interent|enternet|انترنيت|wfi|wiffi|waifi|واي-فاي|"
    r"el?net|elwifi|alnet|ويفي|وايرلس|wireless|5g|4g)"
)
SPEED = (
    r"(?:ال|و)*(?:تصفح|مواقع|صفحات|سبيد|لودنق|سرعه|سرعتي|سرعتكم|رفع|رفعي|uploads?|uploading|downloading|"
    r"videos?|speed|speeds?|sor3a|sor3et|downloads?|تحميل|video|videos|فيديو|pages?|page|browsing|streaming)"
)
SIGNAL = (
    r"(?:ال|و|ب)*(?:sevice|servise|servic|serivce|signel|sigal|singal|netwrok|netwrk|netwok|newtork|nework|"
    r"netowrk|shabakti|شبكك?ه|شبكتي|شبكتكم|شبكتكن|اشاره|اشارات|ارسال|تغطيه|برج|ابراج|signals?|signl|network|reception|"
    r"coverage|bars?|service|shabaka|shabka|shabakah|elshabaka|ishara|خدمه|سيجنال|نيتورك|نتورك|eshara|سيرفس|"
    r"ارسالي)"
)
LINE = r"(?:ال|و)*(?:خط|خطي|خطنا|جوالي|موبايلي|شريحه|شريحتي|تلفوني|line|phone|mobile|sim|khat|5at)"
CALL = (
    r"(?:ال|و|ب|لل)*(?:مكلمات|مكالمت|مكالمتنا|مكالمات|مكالمه|مكالماتي|مكالمتي|اتصالات|اتصال|كولات|calls?|mokalmat|"
    r"mukalamat|mokalamat|"
    r"mokalma|callers|calling)"
)
VOICE = r"(?:ال|و|ب)*(?:صوت\w{0,3}|voice|voise|voic|audio|sound|soot|sout|sot|so6)"
SMS = (
    r"(?:ال|و)*(?:رسايلي|رسالتي|مسجاتي|txts?|msgs|رسايل|رساله|رسالات|مسجات|مسج|اسمس|sms|smses|texts?|messages?|"
    r"rasayel|rasa2el|msgs?|otps?|اكواد|"
    r"rasael|resayel|رسائل)"
)
ROUTER = (
    r"(?:ال|و|ب|لل)*(?:توجيه|راوتر|روتر|راوترر|مودم|جهاز الراوتر|رواتر|router|routers|modem|modm|rauter|rooter|rooter|"
    r"elrouter|راوتري|مودمي|ont|مقوي)"
)
TV = (
    r"(?:ال|و|ب|لل)*(?:تلفزيوني|tvs|تلفزيون|تلفاز|تلفزيونات|قنوات|قناه|رسيفر|ريسيفر|شاشه|tv|iptv|television|"
    r"telly|channels?|"
    r"receiver|decoder|تليفزيون|تي في|tilvizyon|telefezyon|telvezyon|resiver|رسيفير|ريسيفير|"
    r"قناه|القنوات|فيلم|مباراه|مسلسلات|sky|bein)"
)
NO = (
    r"و?(?:no|without|s lost|zero|0|any|lost|losing|lose|لا|ما|مافي|مافيه|مفيش|مافيش|مفي|ماكو|بدون|بلا|انعدام|فاقد|"
    r"mafi|"
    r"mafee|mafeesh|mafesh|mafish|mafii|maku|mako|ليس|لايوجد|انقطاع|انقطعت|راحت|طارت|فقدت|ماعندي|معنديش|ماعاد|"
    r"مفييش|مفقود[هة]?|معدوم[هة]?|bedoon|bdoon|neither|poof|"
    r"ma3andish|ma3andeesh|ma3andi|ma3ndi|m3ndish|malish|ماليش|معندناش|ماعندنا|مالنا|مافيش|تنعدم|انعدمت|وبدون|ومافي|"
    r"ومفيش|خارج)"
)
FILLER = (
    r"(?:في|فيه|عندي|عندنا|يوجد|توجد|اي|any|عاد|all|got|have|getting|the|my|at|of|هناك|fi|3andi|el|حتي|at|يصل|ال|"
    r"تصلني|تتوفر|يتوفر|توفر|its|their|our|his|her|your|complete|absolutely|completely|zero|single|و|متوفره?|mobile|"
    r"لها|خالص|كمان|ياخي)"
)
CUT = (
    r"(?:ب|ي|ت|و|ه|كانت|صار|عم)*(?:مقطو+ع[هة]?|مقطوعين|مقطوعه|انقطع\w*|منقطع[هة]?|قاطع[هة]?|فاصل[هة]?|فصل|فصلت|"
    r"واقف[هة]?|وقف|وقفت|طافي[هة]?|طفى|طفي|طفت|طايح[هة]?|طاح|طاحت|ميت[هة]?|عطلان[هة]?|معطل[هة]?|متعطل[هة]?|"
    r"واقع[هة]?|وقع|وقعت|قطع|قطعت|مقفول[هة]?|خربان[هة]?|خرب|down|dead|died|gone|stopped|disconnected|off|out|"
    r"disappeared|vanished|dropped|cut|broken|failed|ma2too3|ma8too3|magtoo3|ma2tou3|magtou3|ma2tu3|maqtoo3|"
    r"faasel|fasil|fasel|wa2ef|wagef|wa2fa|wa2if|waagef|2ate3|gate3|taf[iy]|6afi|meyyet|mayet|متوقف[هة]?|موقف|"
    r"معلق[هة]?|معلقه|راح|راحت|اختفت|اختفى|ضاع[تة]?|طار|داون|مات|باظ|بايظ[هة]?|عاطل[هة]?|kharban[ae]?|"
    r"5arban[ae]?|ميته|فاصله|مفصول[هة]?|ساقط[هة]?|سقط|قطعو|تعطل\w*|عطلت|wa2e3|wa2i3|wa23|wag3|wage3|w2f|w2ef|"
    r"3atlan\w*|3a6lan\w*|m3attal\w*|et3attal|5arbat|kharbat|"
    r"m[a]?[2gq8]\w?[t6]o?[uo]+3\w?|tala3|bayez|bayza|baz|"
    r"packed|kaput|bust|borked|fried|ميت|ميته|wa23[ah]|wa2[ie]3[ah]|waq3[ah]|6ay7[ah]?|tay7[ah]?|tayeh|6a7|ta7|"
    r"mayt[ah]?|mafsoo?l\w*|ma7roo?[2q8g]|معلقه|متقفل[هة]?|مقفل[هة]?|مسكر[هة]?|منفصل[هة]?)"
)
NOTWORK = (
    r"(?:wroking|wokring|conecting|conect|connec|turn|start|boot|respond|يستجيب|بيستجيب|تستجيب|يشتقل|work|"
    r"working|works|werking|wrking|workin|worcking|woking|workng|workig|wrk|wrkng|wrkin|loading|load|loads|"
    r"opening|connect|connecting|connected|coming|available|يشتغل|تشتغل|"
    r"بيشتغل|بتشتغل|شغال|شغاله|يعمل|تعمل|يفتح|بيفتح|شغالين|اشتغل|اشتغلت|متصل|مشتغل|بيلقط|يلقط|تلقط|بتلقط|يمسك|"
    r"بيمسك|shaghal|shaghala|shghal|sha8al|sha8ala|yeshtaghel|beyeshtaghal|yshtaghel|beyshta8al|sh8al|يجي|يوصل|"
    r"بيوصل|catching|showing|بيجي|عم يشتغل|turning|موجود[هة]?|متوفر[هة]?|"
    r"يظهر|تظهر|بتظهر|بيظهر|ظاهر[هة]?|تعمل|يفتح\w*|بيفتح\w*|راضي[هة]?|عايز[هة]?|byftah|byefta7\w*)"
)
NOT = (
    r"و?(?:not|aren't|arent|weren't|isn|isn't|doesn|doesn't|won|won't|dont|don't|doesnt|wont|isnt|aint|ain't|no|"
    r"never|stopped|stop|مش|"
    r"مو|موب|ما|لا|مب|ماهي|مهو|ماهو|ماعاد|مهوب|غير|لم|عم|mesh|msh|mish|mo|mu|moo|ma|mob|mub|مايعمل|refuses|keeps|"
    r"cannot|cant|can't)"
)
GLUED = (
    r"(?:مايشتغل|ماتشتغل|مايفتح|مابيشتغل|مبيشتغلش|مابيشتغلش|مايعمل|لايعمل|مبيفتحش|مابيفتح|بتشتغلش|مشغال|موشغال|"
    r"مبتشتغلش|مابتشتغل|ماتعمل|ماشتغل|مبتشتغلش|ماتمسك|مايمسك|مبيلقطش|مابيلقط|ماتلقط|مبتلقطش)"
)
SLOW = (
    r"(?:ال|ب|و|ي|مره|so)*(?:awful|[zd]a?[3]?[ei]ee?f[ae]?|z3eef[ae]?|z3ef[ae]?|z3if[ae]?|awful|trash|rubbish|"
    r"horrible|وحش[هة]?|بطيا|بطا|slo+w+|sl0w|slw|d3ee?f\w?|"
    r"6a3ee?f\w?|b6i2\w*|bate2a|batee2a|bati2a|ba6i\w*|zeft|zift|بطيء|بطيي|بطي|بطيه|بطييه|بطيئ|بطى|بطء|"
    r"ضعيف[هة]?|تعبان[هة]?|زفت|زباله|زاحف|سلحفاه?|"
    r"سلحفا|ثقيل[هة]?|تقيل[هة]?|رديي?[هة]?|سيي?[هة]?|خايس|slow|slowly|sluggish|crawling|crawl|crawls|weak|"
    r"lagging|laggy|lag|lags|poor|terrible|buffering|buffers|buffer|unstable|slowed|intermittent|spotty|flaky|"
    r"terribly|crap|patchy|unreliable|bate2|ba6ee2|bati2|batee2|b6ee2|6a3if|(?:da3ee?f|6a3ee?f|da3if|d3if|"
    r"za3if)a?|da3if|da3eef|bty2|bati|ba6i2|"
    r"bate[e2]?|slower|slowest|سلو|بطيئه|هبوط|نازل[هة]?|واطي[هة]?|منخفض[هة]?|"
    r"pathetic|abysmal|dreadful|shocking|useless|appalling|dire|snail\w*|glacial|painfully|يزحف|بيزحف|زحف|بطئه?|"
    r"بطيييء|بطي\w{1,3}|سيئ[هة]?|سيىء|مزري[هة]?|wors[et]|low|mara d3eef|b6ee\w*|bty\w*)"
)
BREAK = (
    r"(?:عم )?(?:ب|ي|ت|بي|بت|و|ها?|صار|عم)*(?:بتهنج|تهنج|متقطعا|بيروح|يقطع|تقطع|بيقطع|بتقطع|يتقطع|تتقطع|بيتقطع|"
    r"بتتقطع|يفصل|تفصل|بيفصل|"
    r"بتفصل|يعلق|تعلق|بيعلق|يهنج|بيهنج|متقطع[هة]?|تقطيع|تقطع|قطع|يطفي|علق|بينقطع|تنقطع|ينقطع|بتنقطع|"
    r"droping|dropin|m[2u]?[2gq]ata3\w*|m2ata3\w*|dropping|drops|drop|dropped|disconnects?|disconnecting|cuts?|"
    r"cutting|breaking|braking|breking|breaks|break|falling|yfsel|"
    r"beyefsel|byefsel|byefsal|be2ata3|bi2ata3|yegata3|b2ta3|by2ata3|by2atte3|yga66e3|y2atte3|bt2ta3|bet2atta3|"
    r"bit2atte3|te2ta3|tegta3|tga66e3|failing|fails?|freezing|freezes|stuttering|crackl\w*|static|robotic|"
    r"muffled|[byt]\w{0,3}[2gq8]\w{0,2}[t6]{1,3}\w{0,2}3|[by]\w{0,2}fs[ei]l|y3all?e[2g8]|b[ie]y?3all?a2)"
)
UNCLEAR = (
    r"(?:تشويشا|choppy|واضح[هة]?|مسموع[هة]?|واطي|ضعيف|مشوش[هة]?|بعيد|تشويش|صدى|صدي|echo|echoing|unclear|clear|"
    r"static|noise|"
    r"noisy|crackling|crackly|muffled|robotic|distorted|متقطع|خشخشه|مش مسموع|wadi7|wade7|bad|poor|terrible|"
    r"horrible|garbled|tinny|distant|رديي?ه|جوده|quality|metallic|one|bad|lag)"
)
FAIL = (
    r"(?:ما|لا|مش|لم|مو|عم|ب)*(?:btegi|tegi|deliver|arriv|تنبعث|توصل|تصل|توصلني|تصلني|يوصل|يوصلني|تنرسل|ترسل|"
    r"تروح|تنبعت|توصلش|بتوصل|تطلع|تجيني|"
    r"تجي|تيجي|بتيجي|وصلت|وصلني|وصلتني|ارسل|تتبعت|بتتبعت|send|sending|sent|delivered|delivering|receive|"
    r"receiving|received|arriving|arrive|going|go|coming|come|get|getting|fail|failed|failing|fails|فشل|تعلق|"
    r"show\w*|appear\w*|land\w*|pop\w*|block\w*|delay\w*|late|missing|lost|متاخره?|تتاخر|بتتاخر|محظور\w*|محجوب\w*|"
    r"stuck|bounce|bouncing|bounced|through|betwsal|btwsal|btosal|tewsal|twsal|twsalni|tosal|bewsalny|btewsal|"
    r"tonrasel|tersal|"
    r"arrive\w*|turn|turns|وصلني|توصلني|يصلني|توصلو|بتجيني|بتجي|تجيلي|بتجيلي|بتوصلني|bete[gj]\w+|bt[eiy]*[gj]\w+|"
    r"bewsal\w*|yosal\w*|wosl\w*|wesel\w*|yws[ae]l\w*|ywaslni|بيوصلني|بيوصلو|تنوصل)"
)
BROKEN = (
    rf"(?:{CUT}|{BREAK}|{GLUED}|rebooting|reboots?|restarting|restarts?|resets?|resetting|blinking|flashing|"
    rf"red|lights?|light|dead|burnt|burning|smoking|faulty|damaged|overheating|hot|خربان|احمر|حمراء|حمرا|لمبه|"
    rf"لمبات|لمبته|يومض|تومض|بيومض|يرمش|بيرمش|ترمش|بترمش|برتقالي|يطفي|بيطفي|يعيد|بيعيد|يرستر|ساخن|حار|بيسخن|يسخن|"
    rf"بايظ|خرب|احترق|محروق|عطل|عطلان|تعطل|يعلق|معلق|"
    rf"ahmar|a7mar|7amra|freezes?|freezing|frozen|pixelated|pixelating|black|blank|سودا|سوداء|اسود|اسودت|اسود|"
    rf"مشوش[هة]?|بيعلق|تعلق|واقف|zar2a|orange|amber|hanging|hangs?|issue|problem|مشكله|مشكلة|خلل|off|يفصل|يشتغل "
    rf"ويطفي|error|ايرور|no|not|won|won't|doesn't|isn't|keeps|kharban|5arban|مضوي|يفصل)"
)
