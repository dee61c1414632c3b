"""Debian's python3-phonenumbers as an oracle: lines of region, tab, number in; E.164, kind out, or -.
With the argument "plans": region → its patterns as JSON, to see where the metadata are the same as ours."""
import json
import sys

try:
    import phonenumbers
    from phonenumbers import PhoneMetadata, PhoneNumberType as Type
except ImportError:
    sys.exit("python3-phonenumbers is missing; run script/setup test")

KINDS = {
    Type.FIXED_LINE: "fixed", Type.MOBILE: "mobile", Type.FIXED_LINE_OR_MOBILE: "fixed_or_mobile",
    Type.TOLL_FREE: "toll_free", Type.PREMIUM_RATE: "premium", Type.SHARED_COST: "shared_cost", Type.VOIP: "internet",
    Type.PERSONAL_NUMBER: "personal", Type.PAGER: "pager", Type.UAN: "company", Type.VOICEMAIL: "voicemail",
}
DESCRIPTIONS = ("fixed_line", "mobile", "toll_free", "premium_rate", "personal_number", "voicemail", "uan", "pager", "voip", "shared_cost")


def pattern_of(description):
    return description.national_number_pattern if description and description.national_number_pattern else None


def plan(metadata):
    return [metadata.international_prefix, pattern_of(metadata.general_desc), metadata.national_prefix_for_parsing,
            metadata.national_prefix_transform_rule, metadata.leading_digits,
            *(pattern_of(getattr(metadata, name)) for name in DESCRIPTIONS)]


def read(region, text):
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return "-"
    if not phonenumbers.is_possible_number(number):
        return "-"
    kind = KINDS.get(phonenumbers.number_type(number), "unknown")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) + "\t" + kind


sys.stdin.reconfigure(encoding="utf-8")
if sys.argv[1:] == ["plans"]:
    plans = {region: plan(PhoneMetadata.metadata_for_region(region)) for region in phonenumbers.SUPPORTED_REGIONS}
    for code in phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS:
        plans[str(code)] = plan(PhoneMetadata.metadata_for_nongeo_region(code))
    print(json.dumps({"version": phonenumbers.__version__, "plans": plans}))
else:
    for line in sys.stdin.read().splitlines():
        print(read(*line.split("\t")))
