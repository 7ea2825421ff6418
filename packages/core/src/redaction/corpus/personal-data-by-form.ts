import type { CorpusCase } from './corpus-case.ts';
import { personalDataCase } from './make-case.ts';

const emails: readonly CorpusCase[] = [
  personalDataCase(
    'email-in-sentence',
    ['mira.falk@example.com'],
    'Access for mira.falk@example.com was granted in ADJ-1180.',
  ),
  personalDataCase(
    'email-plus-tag',
    ['jonas+ci-alerts@example.org'],
    'alert route: severity=page -> jonas+ci-alerts@example.org (muted until 09:00)',
  ),
  personalDataCase(
    'email-subdomain',
    ['t.okafor@eng.emea.example.net'],
    'ldap: uid=tokafor mail=t.okafor@eng.emea.example.net ou=platform',
  ),
  personalDataCase(
    'email-in-author-line',
    ['lena@example.com'],
    'commit 4f1c9d2e8b7a60351f2c8d9e0a1b2c3d4e5f6071\nAuthor: Lena <lena@example.com>\nDate:   Wed Mar 11 09:12:44 2026 +0100',
  ),
  personalDataCase(
    'email-git-trailers',
    ['ravi.n@example.com', 'ines_duarte@example.org'],
    'Retry the upload once\n\nCo-authored-by: Ravi <ravi.n@example.com>\nSigned-off-by: Ines <ines_duarte@example.org>',
  ),
  personalDataCase(
    'email-mailto-link',
    ['support-lead@example.com'],
    'Questions? [Write to us](mailto:support-lead@example.com?subject=Outage) before Friday.',
  ),
  personalDataCase(
    'email-slack-markup',
    ['yuki.t@example.com'],
    'invite <mailto:yuki.t@example.com|yuki.t@example.com> to <#C02ABCDEF|general>',
  ),
  personalDataCase(
    'email-unicode-neighbours',
    ['søren@example.com'],
    'Überprüft von „søren@example.com“ – bitte antworten…',
  ),
  personalDataCase('email-between-cjk', ['chen.w@example.com'], '担当者はchen.w@example.comです。'),
  personalDataCase(
    'email-international-domain',
    ['mira@bücher.example'],
    'bounce: user unknown <mira@bücher.example> (550 5.1.1)',
  ),
  personalDataCase(
    'email-in-json',
    ['a.lindqvist@example.com'],
    '{"id":20417,"login":"alindqvist","email":"a.lindqvist@example.com","site_admin":false}',
  ),
  personalDataCase(
    'email-in-query-string',
    ['pavel%2Btest%40example.com'],
    'GET /invitations/accept?email=pavel%2Btest%40example.com&step=2 302',
  ),
  personalDataCase(
    'email-in-sql-error',
    ['d.mensah@example.com'],
    'ERROR: duplicate key value violates unique constraint "users_email_key"\nDETAIL: Key (email)=(d.mensah@example.com) already exists.',
  ),
  personalDataCase(
    'email-list-with-separators',
    ['one.reader@example.com', 'two.reader@example.net', 'three@example.org'],
    'To: one.reader@example.com;two.reader@example.net,three@example.org',
  ),
  personalDataCase(
    'email-upper-case',
    ['O.BERG@EXAMPLE.COM'],
    'SSO rejected O.BERG@EXAMPLE.COM: no matching group',
  ),
  personalDataCase(
    'email-hyphen-and-apostrophe',
    ["kim.o'hara-west@mail.example.com"],
    "Reviewed with kim.o'hara-west@mail.example.com over the phone",
  ),
  personalDataCase(
    'email-ends-sentence',
    ['nadia@example.com'],
    'The dump belongs to nadia@example.com. It is from January.',
  ),
  personalDataCase(
    'email-in-codeowners',
    ['elif@example.com'],
    '/packages/billing/ @acme/billing elif@example.com',
  ),
  personalDataCase(
    'email-in-stack-trace',
    ['guest.4471@example.com'],
    'Error: no seat for guest.4471@example.com\n    at assignSeat (/srv/app/src/seats.ts:88:11)',
  ),
  personalDataCase(
    'email-in-package-json',
    ['tomasz.k@example.com'],
    '  "author": "Tomasz <tomasz.k@example.com> (https://blog.example.com)",',
  ),
];

const cards: readonly CorpusCase[] = [
  personalDataCase(
    'card-spaces',
    ['4242 4242 4242 4242'],
    'Customer read out 4242 4242 4242 4242 in the chat, please purge ticket SUP-3301.',
  ),
  personalDataCase(
    'card-dashes',
    ['5555-5555-5555-4444'],
    'declined: do_not_honor pan=5555-5555-5555-4444 amount=1290',
  ),
  personalDataCase(
    'card-plain',
    ['4111111111111111'],
    '{"event":"charge.failed","source":{"number":"4111111111111111","exp":"04/28"}}',
  ),
  personalDataCase(
    'card-fifteen-digits',
    ['3782 822463 10005'],
    'Refund to 3782 822463 10005 was refused twice.',
  ),
  personalDataCase(
    'card-fifteen-digits-plain',
    ['378282246310005'],
    'WARN payments raw request body=card%3D378282246310005%26cvc%3D',
  ),
  personalDataCase(
    'card-discover',
    ['6011-1111-1111-1117'],
    '| order | card |\n| --- | --- |\n| 10231 | 6011-1111-1111-1117 |',
  ),
  personalDataCase(
    'card-jcb',
    ['3566 0020 2036 0505'],
    'card 3566 0020 2036 0505 works in staging but not in production',
  ),
  personalDataCase(
    'card-series-two',
    ['2223003122003222'],
    "INSERT INTO payments (pan, cents) VALUES ('2223003122003222', 4900);",
  ),
  personalDataCase(
    'card-two-in-one-line',
    ['4000 0566 5566 5556', '5200828282828210'],
    'replaced 4000 0566 5566 5556 by 5200828282828210 for account 88104',
  ),
  personalDataCase(
    'card-fourteen-digits',
    ['3056 930902 5904'],
    'POS log: swipe 3056 930902 5904 approved',
  ),
];

const accounts: readonly CorpusCase[] = [
  personalDataCase(
    'iban-germany-spaces',
    ['DE39 9999 9999 0012 3456 78'],
    'Please pay the invoice to DE39 9999 9999 0012 3456 78 by the 30th.',
  ),
  personalDataCase(
    'iban-netherlands',
    ['NL05TEST0417164300'],
    'sepa export: creditor=NL05TEST0417164300 amount=120.50 EUR',
  ),
  personalDataCase(
    'iban-united-kingdom',
    ['GB65 ZZZZ 6016 1331 9268 19'],
    'The supplier changed the account to GB65 ZZZZ 6016 1331 9268 19, see FIN-77.',
  ),
  personalDataCase(
    'iban-france',
    ['FR1420041010050500013M02606'],
    '{"holder":"shop 41","iban":"FR1420041010050500013M02606","currency":"EUR"}',
  ),
  personalDataCase(
    'iban-spain',
    ['ES11 9999 0418 4502 0005 1332'],
    'ES11 9999 0418 4502 0005 1332 fails our validator, is the check wrong?',
  ),
  personalDataCase(
    'iban-switzerland',
    ['CH9300762011623852957'],
    'const account = "CH9300762011623852957"; // from the bug report',
  ),
  personalDataCase(
    'iban-belgium',
    ['BE29 9990 0754 7034'],
    'payout_batch 118: BE29 9990 0754 7034 rejected (AC04)',
  ),
  personalDataCase(
    'iban-norway-shortest',
    ['NO7599991117947'],
    'refund to NO7599991117947 pending since 2026-02-27',
  ),
  personalDataCase(
    'iban-malta-longest',
    ['MT95TEST01100001234500012345678'],
    'column too short: value "MT95TEST01100001234500012345678" (31) for iban varchar(30)',
  ),
  personalDataCase(
    'iban-poland-in-csv',
    ['PL68999999990000071219812874'],
    'id;name;account\n7;warehouse;PL68999999990000071219812874\n',
  ),
];

const telephones: readonly CorpusCase[] = [
  personalDataCase(
    'phone-north-america',
    ['+1 415 555 0132'],
    'On call this week: +1 415 555 0132, then the duty manager.',
  ),
  personalDataCase(
    'phone-compact',
    ['+12125550187'],
    'twilio: message to +12125550187 undelivered (30006)',
  ),
  personalDataCase(
    'phone-with-parentheses',
    ['+1 (312) 555-0164'],
    'Escalate to +1 (312) 555-0164 when the page is not acknowledged.',
  ),
  personalDataCase(
    'phone-london',
    ['+44 20 7946 0958'],
    'signature:\nPlatform team\n+44 20 7946 0958',
  ),
  personalDataCase(
    'phone-uk-mobile',
    ['+447700900123'],
    '{"channel":"sms","to":"+447700900123","status":"queued"}',
  ),
  personalDataCase(
    'phone-trunk-zero',
    ['+44 (0)7700 900 456'],
    'new starter, mobile +44 (0)7700 900 456, laptop ordered',
  ),
  personalDataCase(
    'phone-germany',
    ['+49 30 23125 417'],
    'Rufbereitschaft: +49 30 23125 417 (bis 08:00)',
  ),
  personalDataCase(
    'phone-france',
    ['+33 6 39 98 12 40'],
    'Contact du client : +33 6 39 98 12 40, rappeler demain.',
  ),
  personalDataCase(
    'phone-sweden-dashes',
    ['+46-70-174-06-58'],
    'pagerduty contact_method address=+46-70-174-06-58 type=phone',
  ),
  personalDataCase(
    'phone-australia-dots',
    ['+61.491.570.156'],
    'vcard field tel +61.491.570.156 could not be parsed',
  ),
  personalDataCase(
    'phone-tel-link',
    ['+1-202-555-0143'],
    '<a href="tel:+1-202-555-0143">call the desk</a>',
  ),
];

/** Personal data that its form gives away, checksums included. */
export const personalDataByForm: readonly CorpusCase[] = [
  ...emails,
  ...cards,
  ...accounts,
  ...telephones,
  ...[
    'mira [at] example.com',
    'mira(at)example(dot)com',
    'mira at example dot com',
    'mira.lund {at} example {dot} co {dot} uk',
    'jonas <at> example.org',
    'jonas_at_example_dot_org',
    'jonas@example[.]org',
    'mira&#64;example.net',
    'mira%40exam%70le.net',
    'jonas\uff20example.net',
    'mi\u200bra@example.dev',
  ].map((value, index) =>
    personalDataCase(`email-spelled-${index}`, [value], `Questions go to ${value}, please.`),
  ),
];
