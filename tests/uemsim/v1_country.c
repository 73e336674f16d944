/* v1 guide, "List of Operators", "List of Countries". */
#include "v1_country.h"

#include <stdio.h>

#include "route.h"
#include "v1_list.h"

#define WORD(text)                                                                                 \
    {                                                                                              \
        (text), sizeof(text) - 1                                                                   \
    }

const struct v1_country v1_country_list[] = {
    {WORD("Germany"), WORD("DE"), 49, 65, true, false},
    {WORD("United States"), WORD("US"), 1, 183, false, false},
    {WORD("India"), WORD("IN"), 91, 82, true, true},
    {WORD("France"), WORD("FR"), 33, 61, true, false},
    {WORD("Switzerland"), WORD("CH"), 41, 169, true, true},
    {WORD("C\xc3\xb4te d'Ivoire"), WORD("CI"), 225, 43, false, false},
    {WORD("Bosnia & Herzegovina"), WORD("BA"), 387, 24, false, true},
    {WORD("Canada"), WORD("CA"), 1, 34, true, false},
};
const unsigned v1_country_count = sizeof v1_country_list / sizeof v1_country_list[0];

const struct v1_operator v1_operator_list[] = {
    {WORD("Telekom.de"), WORD("t-mobile-sms.de"), 4195, 0, false, true},
    {WORD("Vodafone"), WORD("vodafone-sms.de"), 4196, 0, false, true},
    {WORD("AT&T"), WORD("txt.att.net"), 269, 1, false, true},
    {WORD("Verizon"), WORD("vtext.com"), 270, 1, false, true},
    {WORD("Airtel"), WORD("airtelmail.com"), 512, 2, false, false},
    {WORD("Orange \"Pro\""), WORD("orange.fr"), 601, 3, false, true},
    {WORD("Swisscom"), WORD("sms.bluewin.ch"), 733, 4, false, true},
    {WORD("Bell <Fixed>"), WORD("bell.ca"), 803, 7, true, false},
};
const unsigned v1_operator_count = sizeof v1_operator_list / sizeof v1_operator_list[0];

static void write_operator(
    const struct v1_list *list, size_t section, uint64_t number, bool nameless, struct doc *doc)
{
    const struct v1_operator *const carrier = &v1_operator_list[number];
    const struct v1_country *const country = &v1_country_list[carrier->country];

    (void)list;
    (void)section;
    doc_item(doc, "operator");
    doc_long_text(doc, PUT_LIT("carrierShortName"), carrier->name.text, carrier->name.len);
    doc_text(
        doc, PUT_LIT("carrierType"), carrier->fixed ? "Fixed" : "Mobile", carrier->fixed ? 5 : 6);
    doc_number(doc, PUT_LIT("countryCode"), country->code);
    doc_number(doc, PUT_LIT("countryId"), country->id);
    doc_text(doc, PUT_LIT("countryName"), country->name.text, country->name.len);
    doc_bool(doc, PUT_LIT("enabled"), carrier->enabled);
    if (!nameless) {
        doc_number(doc, PUT_LIT("id"), carrier->id);
    }
    doc_item_end(doc, "operator");
}

void v1_operators(struct request *request, struct reply *reply)
{
    struct v1_list list = v1_list_begin(request, V1_DEVICES_ROOT);

    list.sections[0] = (struct v1_section){"operators", "operator", v1_operator_count};
    list.section_count = 1;
    list.record_max = 1024;
    list.write = write_operator;
    snprintf(list.message, sizeof list.message, "%u Operator (s) returned", v1_operator_count);
    v1_list_answer(request, &list, reply);
}

static void write_country(
    const struct v1_list *list, size_t section, uint64_t number, bool nameless, struct doc *doc)
{
    const struct v1_country *const country = &v1_country_list[number];

    (void)list;
    (void)section;
    doc_item(doc, "country");
    doc_long_text(doc, PUT_LIT("countryName"), country->name.text, country->name.len);
    doc_number(doc, PUT_LIT("countryCode"), country->code);
    if (!nameless && country->misspelt) {
        doc_text(doc, PUT_LIT("isoAplha2Code"), country->iso.text, country->iso.len);
    } else if (!nameless) {
        doc_text(doc, PUT_LIT("isoAlpha2Code"), country->iso.text, country->iso.len);
    }
    doc_number(doc, PUT_LIT("enabledForRegistration"), country->enabled ? 't' : 'f');
    doc_item_end(doc, "country");
}

void v1_countries(struct request *request, struct reply *reply)
{
    struct v1_list list = v1_list_begin(request, V1_DEVICES_ROOT);

    list.sections[0] = (struct v1_section){"countries", "country", v1_country_count};
    list.section_count = 1;
    list.record_max = 1024;
    list.write = write_country;
    snprintf(list.message, sizeof list.message, "%u Countries returned", v1_country_count);
    v1_list_answer(request, &list, reply);
}
