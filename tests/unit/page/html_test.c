#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "page/html.h"

#define UNSEEN "\xef\xbf\xbd"
#define NARROW "\xe2\x80\xaf"

static struct buffer out;

static int setup(void **state)
{
    (void)state;
    buffer_init(&out, 64 * 1024);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    buffer_release(&out);
    return 0;
}

static void is_out(const char *wanted)
{
    assert_string_equal(buffer_text(&out), wanted);
    buffer_clear(&out);
}

static void is_text(const char *text, const char *wanted)
{
    html_text(&out, text);
    is_out(wanted);
}

static void what_html_means_something_by_is_escaped(void **state)
{
    (void)state;
    is_text("<script>a && b</script>", "&lt;script&gt;a &amp;&amp; b&lt;/script&gt;");
    is_text("\" onload='x'", "&quot; onload=&#39;x&#39;");
    is_text("&lt;", "&amp;lt;");
    is_text(NULL, "");
}

static void texts_of_all_languages_are_left(void **state)
{
    (void)state;
    is_text("Gr\xc3\xbc\xc3\x9f"
            "e \xe4\xb8\xad \xf0\x9f\x98\x80",
        "Gr\xc3\xbc\xc3\x9f"
        "e \xe4\xb8\xad \xf0\x9f\x98\x80");
    is_text("\xd9\x85\xd8\xac", "\xd9\x85\xd8\xac");
}

static void control_characters_are_shown_and_do_nothing(void **state)
{
    (void)state;
    is_text("a\tb\nc\rd", "a b c d");
    is_text("bell\a esc\x1b[31m del\x7f", "bell" UNSEEN " esc" UNSEEN "[31m del" UNSEEN);
    is_text("\xc2\x9b", UNSEEN);         /* C1: CSI */
    is_text("\xef\xbf\xbe", UNSEEN);     /* U+FFFE is no character */
    is_text("\xef\xb7\x90", UNSEEN);     /* nor is U+FDD0 */
    is_text("\xf0\x9f\xbf\xbf", UNSEEN); /* nor U+1FFFF */
}

static void what_turns_or_hides_other_text_is_shown(void **state)
{
    static const char *const harmful[] = {"\xe2\x80\xae", "\xe2\x80\xaa", "\xe2\x80\xac",
        "\xe2\x81\xa6", "\xe2\x81\xa9", "\xe2\x80\x8e", "\xe2\x80\x8f", "\xd8\x9c", "\xe2\x80\x8b",
        "\xe2\x80\xa8", "\xef\xbb\xbf", "\xf3\xa0\x81\x81"};

    (void)state;
    for (size_t i = 0; i < sizeof harmful / sizeof *harmful; i++) {
        is_text(harmful[i], UNSEEN);
    }
}

static void bytes_that_are_no_utf_8_are_shown(void **state)
{
    (void)state;
    is_text("\xff<", UNSEEN "&lt;");
    is_text("\xc3", UNSEEN);
    is_text("\xc0\xbc", UNSEEN UNSEEN);            /* an overlong '<' */
    is_text("\xed\xa0\x80", UNSEEN UNSEEN UNSEEN); /* a surrogate */
    is_text("\xf4\x90\x80\x80", UNSEEN UNSEEN UNSEEN UNSEEN);
    is_text("\xe2\x80<b>", UNSEEN UNSEEN "&lt;b&gt;");
}

static void a_name_turns_nothing_around_it(void **state)
{
    (void)state;
    html_name(&out, "a<b", "none");
    is_out("<bdi>a&lt;b</bdi>");
    html_name(&out, "A_B_", "none");
    is_out("<bdi>A_<wbr/>B_<wbr/></bdi>");
    is_text("A_B", "A_B");
    html_name(&out, NULL, "not told");
    is_out("<span class=\"none\">not told</span>");
    html_name(&out, "", "not told");
    is_out("<span class=\"none\">not told</span>");
}

static void a_long_name_is_cut_between_characters(void **state)
{
    struct buffer name;
    struct buffer wanted;

    (void)state;
    buffer_init(&name, 1024);
    buffer_init(&wanted, 1024);
    for (size_t i = 0; i < 80; i++) {
        buffer_append_text(&name, "\xe4\xb8\xad");
    }
    buffer_printf(&wanted, "<bdi>%s", buffer_text(&name));
    html_name(&out, buffer_text(&name), "");
    assert_null(strstr(buffer_text(&out), "\xe2\x80\xa6"));
    buffer_clear(&out);
    buffer_append_text(&name, "\xe4\xb8\xad");
    buffer_append_text(&wanted, "\xe2\x80\xa6</bdi>");
    html_name(&out, buffer_text(&name), "");
    is_out(buffer_text(&wanted));
    buffer_release(&name);
    buffer_release(&wanted);
}

static void numbers_have_groups_of_three(void **state)
{
    (void)state;
    html_number(&out, 0);
    is_out("0");
    html_number(&out, 999);
    is_out("999");
    html_number(&out, 1234567);
    is_out("1" NARROW "234" NARROW "567");
    html_number(&out, -123456);
    is_out("-123" NARROW "456");
    html_data(&out, 4200);
    is_out("<data value=\"4200\">4" NARROW "200</data>");
}

static void a_share_of_nothing_is_a_dash(void **state)
{
    (void)state;
    html_share(&out, 812, 1000);
    is_out("81.2" NARROW "%");
    html_share(&out, 1, 1);
    is_out("100.0" NARROW "%");
    html_share(&out, 0, 0);
    is_out("\xe2\x80\x93");
}

static void words_go_with_their_numbers(void **state)
{
    (void)state;
    html_count(&out, 1, "device", "devices");
    is_out("1 device");
    html_count(&out, 0, "device", "devices");
    is_out("0 devices");
}

static void days_and_times_are_those_of_utc(void **state)
{
    (void)state;
    html_day(&out, 0, true);
    is_out("1 Jan 1970");
    html_day(&out, 11016, false);
    is_out("29 Feb");
    html_time(&out, INT64_C(951825599999));
    is_out("<time datetime=\"2000-02-29T11:59Z\">2000-02-29 11:59 UTC</time>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_html_means_something_by_is_escaped),
        cmocka_unit_test(texts_of_all_languages_are_left),
        cmocka_unit_test(control_characters_are_shown_and_do_nothing),
        cmocka_unit_test(what_turns_or_hides_other_text_is_shown),
        cmocka_unit_test(bytes_that_are_no_utf_8_are_shown),
        cmocka_unit_test(a_name_turns_nothing_around_it),
        cmocka_unit_test(a_long_name_is_cut_between_characters),
        cmocka_unit_test(numbers_have_groups_of_three),
        cmocka_unit_test(a_share_of_nothing_is_a_dash),
        cmocka_unit_test(words_go_with_their_numbers),
        cmocka_unit_test(days_and_times_are_those_of_utc),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
