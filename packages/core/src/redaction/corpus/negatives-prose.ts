import type { CorpusCase } from './corpus-case.ts';
import { cleanCase } from './make-case.ts';

/** What people write: chat, tickets, descriptions, plans and tables of figures. */
export const proseNegatives: readonly CorpusCase[] = [
  cleanCase('mentions', 'Thanks @mfalk and @jonas-l, could @acme/platform look at it today?'),
  cleanCase('mention-with-path', 'https://blog.example.com/@mfalk/why-we-left-cron'),
  cleanCase(
    'slack-markup',
    '<@U02ABCDEF> posted in <#C02ABCDEF|general>: <!subteam^S012ABC3D|@platform> please look at <https://example.com/run/4128|run 4128>',
  ),
  cleanCase(
    'slack-date-and-emoji',
    '<!date^1773216004^{date_short} at {time}|11 March> :white_check_mark: deploy of 4.2.0 done',
  ),
  cleanCase(
    'codeowners',
    '* @acme/core\n/packages/billing/ @acme/billing @jonas-l\n*.tf @acme/platform',
  ),
  cleanCase(
    'password-as-word',
    'The password reset page should say that the token is valid for one hour only.',
  ),
  cleanCase(
    'secret-as-word',
    'It is no secret that the secret scanner is slow; the key question is who owns it.',
  ),
  cleanCase('token-as-word', 'Token usage went down by 18 %, the bearer of the pager is on leave.'),
  cleanCase(
    'password-policy',
    'Password: at least 12 characters. API key: ask in #platform. Secret: never in a ticket.',
  ),
  cleanCase(
    'secret-rotation-plan',
    'Rotate the Stripe key, the Slack signing secret and the database password before Q3.',
  ),
  cleanCase(
    'credentials-in-vault',
    'Credentials are in the vault under platform/staging, user demo-admin, password there too.',
  ),
  cleanCase(
    'pull-request-description',
    '## What\nMove token refresh out of the request path (ADJ-2214).\n\n## Why\n401s at 09:00 every day, p95 1204 ms → 118 ms.\n\n## Test\n- [x] `pnpm test packages/core`\n- [ ] staging for 24 h\n\nCloses #4128',
  ),
  cleanCase(
    'changelog',
    '## 4.2.0 (2026-03-11)\n\n### Fixed\n\n- **auth:** read the token once (#4128) (4f1c9d2)\n- **deps:** bump jose from 6.0.8 to 6.0.10',
  ),
  cleanCase(
    'commit-message',
    'fix(auth): do not log the password field\n\nRefs: ADJ-2214\nReviewed-by: @jonas-l\nChange-Id: I9549ebe784b7727efe9f4e9f214e3b10b8f96bbe',
  ),
  cleanCase(
    'revert-message',
    'Revert "Cache the secret for 5 minutes"\n\nThis reverts commit 098291ea7c9e26002b506261f38664c371e8acf0.',
  ),
  cleanCase(
    'dependency-update',
    'Bumps [@types/node](https://github.com/DefinitelyTyped/DefinitelyTyped) from 22.15.3 to 24.0.3.',
  ),
  cleanCase(
    'merge-line',
    "Merge branch 'feature/ADJ-2214-api-key-rotation' into 'release/2026.03'",
  ),
  cleanCase(
    'branch-names',
    'fix/token-refresh-2, feat/2026-03-secrets-ui, renovate/jose-6.x, dependabot/npm_and_yarn/zod-4.1.5',
  ),
  cleanCase(
    'sprint-and-dates',
    'Sprint 2026-11 runs 2026-03-09 to 2026-03-20; planning 09.03.2026 10:00-11:30, demo 20/03/2026.',
  ),
  cleanCase(
    'date-range-compact',
    'Frozen from 20261218-20270104, exceptions by 2026-12-11 17:00 UTC+01:00.',
  ),
  cleanCase(
    'dimensions',
    'Screenshots at 1920x1080, 2560 x 1440 and 375 × 812 look right; the icon is 512×512@2x.',
  ),
  cleanCase(
    'figures-of-a-quarter',
    '| month | merged | lead time h | failed |\n| --- | ---: | ---: | ---: |\n| 2026-01 | 412 | 31.7 | 4.1 % |\n| 2026-02 | 388 | 28.04 | 3.9 % |',
  ),
  cleanCase(
    'figures-with-separators',
    'Rows: 1,204,388 of 12 345 678 (9.76 %), cost 4.900,00 EUR, was 5 210.40.',
  ),
  cleanCase('figures-by-week', '101 118 204 388 412 431 550 612 705 812 930 1044 1204'),
  cleanCase(
    'phone-like-counts',
    'Story points 3-5-8-13, retries 1-2-4-8, ports 5432-5439, lines 415-555, room 4.12.',
  ),
  cleanCase(
    'phone-like-durations',
    'MTTR 00:41:18, uptime 118 days 04:12:09, timeouts 30 000 ms and 120 000 ms',
  ),
  cleanCase(
    'phone-like-signed',
    'Delta +12 345 678 bytes, drift +1.415 s, temperature +21.5, offset +0100',
  ),
  cleanCase(
    'standards',
    'RFC 7519 and RFC 6750, ISO 8601, ISO/IEC 27001:2022, CVE-2026-10457, CWE-798, GHSA-4f9c-2hq7-x3wm',
  ),
  cleanCase('book-numbers', 'See ISBN 978-0-00-000000-2, chapter 12, pages 118-204.'),
  cleanCase('doi-and-paper', 'doi:10.1000/182, arXiv:2603.01234v2, figure 4.1'),
  cleanCase('coordinates', 'Region centre 52.5200, 13.4050; ping 41.18 ms; tile 14/8802/5374'),
  cleanCase(
    'incident-timeline',
    '09:14 alert billing-5xx\n09:17 @jonas-l acknowledges\n09:31 rollback to 4.1.7 (a81b03e)\n09:40 resolved, 1204 requests failed',
  ),
  cleanCase(
    'on-call-note',
    'Hand-over: 3 pages, 1 false. ADJ-2219 is open, the token alarm at 02:14 was the cron.',
  ),
  cleanCase(
    'interview-free-one-to-one',
    'Wants to own the auth service; next step is the key rotation design by 2026-04-15.',
  ),
  cleanCase(
    'stand-up',
    'Yesterday: reviewed #4128 and #4131. Today: secret scanning for 12 repositories. Blocked: no access to PLAT-77.',
  ),
  cleanCase(
    'jira-query',
    'project = ADJ AND status changed to Done AFTER -14d AND labels in (api-key, password) ORDER BY updated DESC',
  ),
  cleanCase(
    'jira-wiki-markup',
    'h3. Steps\n# open [the board|https://jira.example.com/secure/RapidBoard.jspa?rapidView=118]\n# pick {{ADJ-2214}}\n{code}token == null{code}',
  ),
  cleanCase(
    'calendar-invite',
    'DTSTART;TZID=Europe/Berlin:20260311T100000\nRRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=10\nSUMMARY:Secrets review',
  ),
  cleanCase(
    'money-and-invoice',
    'Invoice 2026-00418, net 4,900.00, VAT 19 %, due 2026-04-10, PO 4500123981',
  ),
  cleanCase(
    'german-ticket',
    'Das Passwort-Feld zeigt keine Fehlermeldung; der Token läuft nach 60 Minuten ab.',
  ),
  cleanCase('japanese-note', 'トークンの更新は1時間ごと、パスワードは変更なし。#4128 を参照。'),
  cleanCase('emoji-and-reactions', ':rocket: 4.2.0 is out :tada: 12 :+1: 3 :eyes: @channel'),
  cleanCase(
    'table-of-services',
    '| service | version | port | owner |\n| --- | --- | --- | --- |\n| billing-api | 4.2.0 | 8081 | @acme/billing |\n| token-broker | 1.18.3 | 8443 | @acme/platform |',
  ),
  cleanCase(
    'quoted-mail-without-address',
    '> On 11 March 2026 at 09:14, the release bot wrote:\n> Build 8841 is green, 1207 tests.',
  ),
  cleanCase(
    'file-paths',
    'packages/core/src/auth/token-store.test.ts, ./deploy/secrets/README.md, C:\\build\\keys\\readme.txt',
  ),
];
