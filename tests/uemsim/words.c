#include "words.h"

#define WORD(text)                                                                                 \
    {                                                                                              \
        (text), sizeof(text) - 1                                                                   \
    }
#define LIST(words)                                                                                \
    {                                                                                              \
        (words), sizeof(words) / sizeof((words)[0])                                                \
    }

const struct word words_os[] = {
    WORD("ANDROID"), WORD("IOS"), WORD("OSX"), WORD("WINDOWS"), WORD("UNKNOWN")};

const struct word words_status[] = {WORD("ACTIVE"), WORD("RETIRED"), WORD("WIPED"),
    WORD("WIPE_SENT"), WORD("UNKNOWN"), WORD("RETIRE_SENT"), WORD("ENROLLMENT_PENDING")};

static const struct model android_models[] = {
    {WORD("samsung"), WORD("SM-G991B"), true},
    {WORD("samsung"), WORD("SM-A546B"), true},
    {WORD("samsung"), WORD("SM-S921B"), true},
    {WORD("samsung"), WORD("SM-X200"), false},
    {WORD("Google"), WORD("Pixel 7"), true},
    {WORD("Google"), WORD("Pixel 8a"), true},
    {WORD("Zebra Technologies"), WORD("TC52"), false},
    {WORD("Zebra Technologies"), WORD("TC57"), true},
    {WORD("Honeywell"), WORD("CT60"), true},
    {WORD("motorola"), WORD("moto g(60)"), true},
    {WORD("Nokia"), WORD("Nokia X20"), true},
};
static const struct model ios_models[] = {
    {WORD("Apple Inc."), WORD("iPhone12,8"), true},
    {WORD("Apple Inc."), WORD("iPhone13,2"), true},
    {WORD("Apple Inc."), WORD("iPhone14,5"), true},
    {WORD("Apple Inc."), WORD("iPhone14,7"), true},
    {WORD("Apple Inc."), WORD("iPhone15,4"), true},
    {WORD("Apple Inc."), WORD("iPhone16,1"), true},
    {WORD("Apple Inc."), WORD("iPad7,5"), false},
    {WORD("Apple Inc."), WORD("iPad12,1"), false},
    {WORD("Apple Inc."), WORD("iPad13,18"), true},
};
static const struct model osx_models[] = {
    {WORD("Apple Inc."), WORD("MacBookPro17,1"), false},
    {WORD("Apple Inc."), WORD("MacBookPro18,3"), false},
    {WORD("Apple Inc."), WORD("MacBookAir10,1"), false},
    {WORD("Apple Inc."), WORD("Mac14,2"), false},
    {WORD("Apple Inc."), WORD("Macmini9,1"), false},
};
static const struct model windows_models[] = {
    {WORD("LENOVO"), WORD("20XW004PGE"), false},
    {WORD("Dell Inc."), WORD("Latitude 5430"), false},
    {WORD("HP"), WORD("HP EliteBook 840 G8 Notebook PC"), false},
    {WORD("Microsoft Corporation"), WORD("Surface Pro 8"), true},
    {WORD("MicrosoftMDG"), WORD("Lumia 950 Dual SIM"), true},
};
static const struct model unknown_models[] = {
    {WORD("na"), WORD("na"), false},
};

const struct model_list words_models[] = {LIST(android_models), LIST(ios_models), LIST(osx_models),
    LIST(windows_models), LIST(unknown_models)};

static const struct word android_versions[] = {WORD("10"), WORD("11"), WORD("12"), WORD("13"),
    WORD("13"), WORD("14"), WORD("14"), WORD("8.1.0")};
static const struct word ios_versions[] = {WORD("15.8"), WORD("16.7"), WORD("17.4"), WORD("17.5"),
    WORD("17.6"), WORD("17.6"), WORD("18.0"), WORD("12.5.7")};
static const struct word osx_versions[] = {
    WORD("12.7"), WORD("13.6"), WORD("14.4"), WORD("14.5"), WORD("14.6")};
static const struct word windows_versions[] = {WORD("10.0.19044"), WORD("10.0.19045"),
    WORD("10.0.22621"), WORD("10.0.22631"), WORD("10.0.15254")};
static const struct word unknown_versions[] = {WORD("1.0")};

const struct word_list words_versions[] = {LIST(android_versions), LIST(ios_versions),
    LIST(osx_versions), LIST(windows_versions), LIST(unknown_versions)};

static const struct word first_names[] = {WORD("maria"), WORD("peter"), WORD("anna"),
    WORD("thomas"), WORD("sofia"), WORD("lukas"), WORD("emma"), WORD("noah"), WORD("yuki"),
    WORD("priya"), WORD("omar"), WORD("fatima"), WORD("carlos"), WORD("ines"), WORD("jean-luc"),
    WORD("olga"), WORD("wei"), WORD("kofi"), WORD("ingrid"), WORD("sean"), WORD("zoe"),
    WORD("ahmed"), WORD("chiara"), WORD("bram")};
static const struct word last_names[] = {WORD("keller"), WORD("schmidt"), WORD("garcia"),
    WORD("rossi"), WORD("tanaka"), WORD("patel"), WORD("o-brien"), WORD("nowak"), WORD("svensson"),
    WORD("dubois"), WORD("costa"), WORD("hansen"), WORD("ivanova"), WORD("chen"), WORD("mensah"),
    WORD("haddad"), WORD("de-vries"), WORD("miller"), WORD("silva"), WORD("kim"), WORD("weber"),
    WORD("jones"), WORD("moreau"), WORD("virtanen")};

/* Plain text, text beyond ASCII both raw and escaped, a quotation mark, a backslash, a line break,
 * a character outside the basic plane in both spellings, what a spreadsheet takes for a formula. */
static const struct word sites[] = {WORD("Berlin"), WORD("Z\xc3\xbcrich \\\"Nord\\\""),
    WORD("S\\u00e3o Paulo"), WORD("\xe6\x9d\xb1\xe4\xba\xac\xe6\x94\xaf\xe5\xba\x97"),
    WORD("Paris, La D\xc3\xa9"
         "fense"),
    WORD("B\xc3\xbcro S\xc3\xbc"
         "d\\nHaus 3"),
    WORD("\\ud83c\\udfe2 HQ"), WORD("\xf0\x9f\x8f\xad Werk 2"), WORD("C:\\\\Depot\\\\7"),
    WORD("=Lager"), WORD("London")};
static const struct word ownership[] = {
    WORD("COMPANY"), WORD("COMPANY"), WORD("COMPANY"), WORD("EMPLOYEE"), WORD("UNKNOWN")};
static const struct word mac_makers[] = {WORD("b0:65:bd:"), WORD("8c:fe:57:"), WORD("08:d4:2b:"),
    WORD("f0:18:98:"), WORD("3c:06:30:"), WORD("a4:83:e7:"), WORD("dc:a9:04:"), WORD("00:23:68:")};
static const struct word vendors[] = {WORD("acme"), WORD("globex"), WORD("initech"),
    WORD("umbrella"), WORD("hooli"), WORD("contoso"), WORD("fabrikam"), WORD("northwind"),
    WORD("tailspin"), WORD("vandelay"), WORD("wayne"), WORD("stark"), WORD("tyrell"),
    WORD("cyberdyne"), WORD("soylent"), WORD("wonka")};
static const struct word products[] = {WORD("Notes"), WORD("Mail"), WORD("Calendar"), WORD("Maps"),
    WORD("Scanner"), WORD("Wallet"), WORD("Timesheet"), WORD("Inspector"), WORD("Dispatch"),
    WORD("Keynote"), WORD("Numbers"), WORD("Translate"), WORD("Authenticator"), WORD("Tunnel"),
    WORD("Files"), WORD("Chat"), WORD("Meeting"), WORD("Camera"), WORD("Weather"), WORD("Music"),
    WORD("Reader"), WORD("Travel"), WORD("Parcel"), WORD("Roster")};
/* Addresses may begin with more than small letters (RFC 5322, atext). */
static const struct word oddities[] = {WORD("7th-floor."), WORD("Emma."), WORD("_svc."),
    WORD("x-ray."), WORD("ZEBRA."), WORD("q."), WORD("0"), WORD("o'hara.")};
static const struct word display_ends[] = {WORD("Keller"), WORD("M\xc3\xbcller"), WORD("Nowak"),
    WORD("\xc5\x81ukasz"), WORD("O'Brien"), WORD("de Vries"), WORD("\xe7\x8e\x8b"), WORD("Smith"),
    WORD("\\u00c5berg"), WORD("=Rossi"), WORD("da \\\"Costa\\\"")};

const struct word_list words_first_names = LIST(first_names);
const struct word_list words_last_names = LIST(last_names);
const struct word_list words_sites = LIST(sites);
const struct word_list words_ownership = LIST(ownership);
const struct word_list words_mac_makers = LIST(mac_makers);
const struct word_list words_vendors = LIST(vendors);
const struct word_list words_products = LIST(products);
const struct word_list words_oddities = LIST(oddities);
const struct word_list words_display_ends = LIST(display_ends);
