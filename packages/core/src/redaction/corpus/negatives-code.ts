import type { CorpusCase } from './corpus-case.ts';
import { cleanCase } from './make-case.ts';

/** Source code, diffs, logs, stack frames and queries. */
export const codeNegatives: readonly CorpusCase[] = [
  cleanCase(
    'code-environment-javascript',
    'const apiKey = process.env.API_KEY;\nconst token = process.env["SLACK_TOKEN"] ?? "";',
  ),
  cleanCase(
    'code-environment-python',
    'token = os.environ["JIRA_TOKEN"]\npassword = os.getenv("DB_PASSWORD")',
  ),
  cleanCase(
    'code-environment-go',
    'secret := os.Getenv("SESSION_SECRET")\nif secret == "" { return errNoSecret }',
  ),
  cleanCase(
    'code-environment-rust',
    'let token = std::env::var("GITHUB_TOKEN").expect("GITHUB_TOKEN is set");',
  ),
  cleanCase(
    'code-type-declaration',
    'interface Credentials {\n  readonly user: string;\n  readonly password: string;\n  readonly apiToken?: string;\n}',
  ),
  cleanCase(
    'code-schema',
    'z.object({ password: z.string().min(12), secret: secretSchema.optional() })',
  ),
  cleanCase(
    'code-member-access',
    'client.setToken(config.auth.token);\nthis.password = options.password;',
  ),
  cleanCase(
    'code-function-call',
    'const secret = await readSecret("billing/db");\nconst apiKey = getApiKey(tenant);',
  ),
  cleanCase(
    'code-destructuring',
    'const { token, refreshToken, expiresAt } = await session.load();',
  ),
  cleanCase(
    'code-condition',
    "if (password === confirmation && !token) throw new Error('token is missing');",
  ),
  cleanCase(
    'code-form-field',
    '<input type="password" name="password" autocomplete="current-password" placeholder="Password" />',
  ),
  cleanCase(
    'code-translation-keys',
    '{"login.password":"Password","login.forgot":"Forgot your password?","token.expired":"The token has expired"}',
  ),
  cleanCase(
    'code-constant-names',
    "export const TOKEN_KINDS = ['access', 'refresh', 'personal'] as const;",
  ),
  cleanCase(
    'code-decorators',
    '@Injectable()\nexport class TokenStore {\n  @Input() password = signal("");\n}',
  ),
  cleanCase(
    'code-python-decorator',
    '@app.route("/login", methods=["POST"])\n@pytest.mark.parametrize("token", [None, ""])\ndef login(): ...',
  ),
  cleanCase(
    'code-java-annotations',
    '@Override\n@JsonProperty("access_token")\npublic String getAccessToken() { return accessToken; }',
  ),
  cleanCase(
    'code-comment-tags',
    '/**\n * @param token what the caller was given\n * @returns true when the secret matches\n */',
  ),
  cleanCase(
    'code-css',
    '.badge { color: #1f883d; background: #0d1117cc; border: 1px solid rgb(208 215 222 / 40%); }\n@media (min-width: 768px) { .badge { margin: 0 } }',
  ),
  cleanCase(
    'code-regular-expression',
    String.raw`const issueKey = /\b[A-Z][A-Z0-9]+-\d{1,6}\b/g; // not [\w.+-]+@[\w-]+`,
  ),
  cleanCase(
    'code-regular-expression-card',
    String.raw`grep -E '^[0-9]{4}-[0-9]{2}-[0-9]{2} .*(password|secret)=' app.log`,
  ),
  cleanCase('code-import-map', "import { redact } from '@acme/redact/dist/index.js?v=4f1c9d2e';"),
  cleanCase(
    'code-retina-images',
    '<img src="/img/logo@2x.png" srcset="/img/icon-512@3x.png 3x" width="512" height="512">',
  ),
  cleanCase('code-array-at', 'const last = values.at(-1); // was values[values.length - 1]'),
  cleanCase(
    'code-base64-image',
    'background: url(data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7);',
  ),
  cleanCase(
    'code-base64-png',
    '![dot](data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==)',
  ),
  cleanCase('code-source-map', '//# sourceMappingURL=main.4f1c9d2e8b7a.js.map'),
  cleanCase('code-bundle-names', 'dist/assets/index-DkT3xQ9a.js  142.18 kB | gzip: 46.02 kB'),
  cleanCase(
    'code-hexadecimal-dump',
    '00000000: 7f45 4c46 0201 0100 0000 0000 0000 0000  .ELF............\n00000010: 0300 3e00 0100 0000 50a1 0000 0000 0000  ..>.....P.......',
  ),
  cleanCase(
    'code-register-dump',
    'RIP: 0010:ffffffff81a3c2d0 RSP: 0018:ffffc90000dbfe48 EFLAGS: 00010246 CR2: 00007f3c2d0a1b58',
  ),
  cleanCase(
    'code-selector-path',
    '$.store.book[?(@.price < 10)].title and //item[@id="4128"]/@href',
  ),
  cleanCase(
    'code-git-references',
    'git diff HEAD@{2} main@{upstream} -- src; git stash drop stash@{0}',
  ),
  cleanCase(
    'code-jsonb-operator',
    'SELECT id FROM jobs WHERE labels @> \'{"team":"platform"}\' AND payload @? \'$.token\'',
  ),
  cleanCase(
    'sql-columns',
    'ALTER TABLE users ADD COLUMN password_hash text, ADD COLUMN reset_token_expires_at timestamptz;',
  ),
  cleanCase(
    'sql-numbers',
    "SELECT sum(cents) FROM invoices WHERE id BETWEEN 100000000001 AND 100000009999 AND day >= '2026-03-01';",
  ),
  cleanCase(
    'sql-grant',
    'GRANT SELECT ON ALL TABLES IN SCHEMA public TO readonly; -- password is set by the vault',
  ),
  cleanCase(
    'diff-hunk-headers',
    '@@ -1,3 +1,4 @@\n import { z } from "zod";\n@@ -118,7 +119,12 @@ export function readToken(',
  ),
  cleanCase(
    'diff-password-code',
    '@@ -40,2 +40,2 @@\n-  return compare(password, user.passwordHash);\n+  return verifyPassword(user, password);',
  ),
  cleanCase(
    'diff-stat',
    ' packages/core/src/auth/token-store.ts | 118 ++++++++++++------\n 14 files changed, 1204 insertions(+), 388 deletions(-)',
  ),
  cleanCase(
    'diff-renamed',
    'similarity index 96%\nrename from src/secret.ts\nrename to src/secrets/read-secret.ts',
  ),
  cleanCase(
    'stack-node',
    'TypeError: token is not a string\n    at verify (/srv/app/node_modules/.pnpm/jose@6.0.10/node_modules/jose/dist/webapi/jwt/verify.js:12:15)\n    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
  ),
  cleanCase(
    'stack-java',
    'java.lang.IllegalStateException: no secret bound\n\tat com.acme.auth.TokenFilter.doFilter(TokenFilter.java:148)\n\tat org.apache.catalina.core.StandardWrapper.invoke(StandardWrapper.java:1027)',
  ),
  cleanCase(
    'stack-python',
    'File "/usr/lib/python3.13/site-packages/jwt/api_jwt.py", line 210, in decode\n    raise DecodeError("Invalid token type")',
  ),
  cleanCase(
    'stack-go',
    'goroutine 118 [running]:\nmain.(*Server).refreshToken(0xc000212000, {0x1a3f5c8, 0xc0004b8a20})\n\t/src/server.go:214 +0x1c5',
  ),
  cleanCase(
    'stack-native',
    '#3 0x00007f8a1c0b2d4e in sqlite3_step () from /usr/lib/libsqlite3.so.0',
  ),
  cleanCase(
    'line-and-column',
    'src/sync/run-sync.ts:118:24 - error TS2345: Argument of type "string" is not assignable.',
  ),
  cleanCase(
    'test-names',
    '✓ rejects an empty password (3 ms)\n✓ token store › refreshes a token once (12 ms)\n✗ secret rotation › keeps the old secret for 24 h',
  ),
  cleanCase(
    'test-summary',
    'Test Files  118 passed (118)\n     Tests  1204 passed | 3 skipped (1207)\n  Duration  41.18s (transform 2.04s, setup 310ms)',
  ),
  cleanCase(
    'coverage-table',
    'All files | 91.42 | 84.07 | 93.3 | 91.42 |\n token-store.ts | 100 | 97.5 | 100 | 100 | 118-121',
  ),
  cleanCase(
    'terminal-progress',
    '[1184/2048] Linking CXX executable bin/adjutant (57.81%) eta 00:04:12',
  ),
  cleanCase('shell-prompt', 'deploy@bastion-1:~$ kubectl get pods -n billing'),
  cleanCase('log-auth-words', 'INFO auth: token refreshed for client web, expires in 3600 s'),
  cleanCase(
    'log-auth-failure',
    'ERROR 401 Unauthorized: invalid or missing API key (attempt 2 of 5)',
  ),
  cleanCase('log-password-prompt', 'Enter password:\nsudo: a password is required'),
  cleanCase(
    'log-latency-figures',
    'p50=12.4ms p95=118.0ms p99=1204.7ms rps=3312 err=0.02% heap=512MiB/2048MiB',
  ),
  cleanCase('log-cpu-and-memory', 'Mem: 16384256 8192128 4096064, load average: 0.53, 0.95, 1.51'),
  cleanCase(
    'log-http-access',
    '10.0.4.12 - - [11/Mar/2026:08:04:51 +0000] "GET /api/tokens?page=2 HTTP/1.1" 200 5120',
  ),
  cleanCase(
    'makefile',
    '.PHONY: token\ntoken: ; @vault token lookup -format=json | jq -r .data.ttl',
  ),
  cleanCase(
    'graphql-query',
    'query { repository(owner: "acme", name: "billing") { pullRequests(first: 50, after: null) { totalCount } } }',
  ),
];
