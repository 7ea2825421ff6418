import { assemble } from './assemble.ts';
import type { CorpusCase } from './corpus-case.ts';
import { secretCase, secretsCase } from './make-case.ts';

const primaryPassword = assemble('tR8', 'nGPuw', 'bSpU');
const replicaPassword = assemble('mQ2', 'DjIEqg', 'lgHaO');

/** Secrets that only their place gives away: addresses, headers, assignments, command lines. */
export const contextSecrets: readonly CorpusCase[] = [
  secretCase(
    'url-postgres',
    assemble('Xv7HfWnWL', '3OqnT7DP0'),
    (value) =>
      `DATABASE_URL=postgres://billing:${value}@db-1.internal:5432/billing?sslmode=require`,
  ),
  secretsCase(
    'url-postgres-two-in-one-log',
    [primaryPassword, replicaPassword],
    `primary=postgresql://app:${primaryPassword}@pg-a:5432/app replica=postgresql://app:${replicaPassword}@pg-b:5432/app lag=210ms`,
  ),
  secretCase(
    'url-mysql-with-punctuation',
    assemble('Wy7!', '6PXavxO', '$', 'Rj1H'),
    (value) => `mysql2: ECONNREFUSED mysql://ledger:${value}@10.2.0.15:3306/ledger`,
  ),
  secretCase(
    'url-mongodb-encoded',
    assemble('Utc7dG', '%40', 'PDeRsv', '%2F', 'stp'),
    (value) =>
      `mongodb+srv://reports:${value}@cluster0.ab1cd.mongodb.net/reports?retryWrites=true&w=majority`,
  ),
  secretCase(
    'url-redis-without-user',
    assemble('ARQ0hGiGwMHpiVAt', 'KOwXy0APly2ouaMH'),
    (value) => `Error: connect ETIMEDOUT (redis://:${value}@cache.internal:6379/0)`,
  ),
  secretCase(
    'url-amqp',
    assemble('wb0Ttjka', 'jWaiTeW1'),
    (value) => `broker_url: "amqps://worker:${value}@mq.internal:5671/jobs"`,
  ),
  secretCase(
    'url-https-token-as-user',
    assemble('b4bd62e69799075ef177', '30a0be1662a208c83ab9'),
    (value) =>
      `Cloning into 'infra'...\nremote: Not Found\nfatal: repository 'https://${value}:x-oauth-basic@git.example.com/acme/infra.git/' not found`,
  ),
  secretCase(
    'url-https-basic',
    assemble('8hpbIX3', 'lAt17Ad'),
    (value) => `proxy=http://svc-proxy:${value}@proxy.internal:3128`,
  ),
  secretCase(
    'url-query-access-token',
    assemble('RzYTGWkd2hAVcF7K1JdckL', 'bbZ9E9K7UZshFoBLiknO7'),
    (value) => `GET /v1/export?format=csv&access_token=${value}&page=2 200 1840ms`,
  ),
  secretCase(
    'jdbc-parameter',
    assemble('ehbw9eAW', 'E2NIxfs'),
    (value) =>
      `Caused by: java.sql.SQLException: jdbc:postgresql://db:5432/orders?user=orders&password=${value}&ssl=true\n\tat org.postgresql.Driver.connect(Driver.java:297)`,
  ),
  secretCase(
    'ado-connection-string',
    assemble('IJDQJ', 'z9q5', '#', 'pdBt'),
    (value) =>
      `"Default": "Server=tcp:sql.internal,1433;Database=crm;User Id=crm_app;Password=${value};Encrypt=True;"`,
  ),
  secretCase(
    'header-bearer-opaque',
    assemble('5DKUFaj7DsLvRaYB5Hamx8i2', 'V1VMTf4xPbpoBcIGFpg_B5fc'),
    (value) =>
      `> GET /api/me HTTP/2\n> host: api.example.com\n> authorization: Bearer ${value}\n> accept: */*`,
  ),
  secretCase(
    'header-basic',
    assemble('ZGVwbG95OjlsQ21NcG', 'dXRFprZlZsM3ZCbWNK'),
    (value) =>
      `curl -sS -H "Authorization: Basic ${value}" https://nexus.example.com/service/rest/v1/status`,
  ),
  secretCase(
    'header-in-json-dump',
    assemble('86d638c32f76b97b31d16280eb5f1560', '5f880b559359248059fa8349f116a718'),
    (value) =>
      `AxiosError: 401 {"method":"get","url":"/v2/users","headers":{"Accept":"application/json","Authorization":"Bearer ${value}"}}`,
  ),
  secretCase(
    'header-api-key',
    assemble('JB3NTc7mv7BIdwAQ', 'Kglz0ThKa7ARgOoE'),
    (value) => `wget --header='X-Api-Key: ${value}' https://search.example.com/_cat/indices`,
  ),
  secretCase(
    'header-proxy-authorization',
    assemble('cHJveHk6SzM3aUV5d1', 'dsVlpac2ZpVXpNM24='),
    (value) =>
      `CONNECT api.example.com:443 HTTP/1.1\r\nProxy-Authorization: Basic ${value}\r\n\r\n`,
  ),
  secretCase(
    'cookie-request',
    assemble(
      's%3A',
      'UCEeC0IjsQIXQYk-',
      'X3W2TX9aDjLuA48j',
      '.',
      'Y57MlpgmpNnXkZjP0UXNh1',
      '4ViWkeVOGFsXkFbt2FX5b',
    ),
    (value) => `Cookie: theme=dark; connect.sid=${value}; locale=de`,
  ),
  secretCase(
    'cookie-response',
    assemble('d0d2ed09782f1db484b8f563', 'f366b6ba6d18eed5a69afd85'),
    (value) => `< Set-Cookie: session_id=${value}; Path=/; HttpOnly; Secure; SameSite=Lax`,
  ),
  secretCase(
    'env-password',
    assemble('Vw4-', 'MXQCoa', 'uKTtsh'),
    (value) => `POSTGRES_USER=app\nPASSWORD=${value}\nPOSTGRES_DB=app`,
  ),
  secretCase(
    'env-quoted-with-comment',
    assemble('DbfdG', '5CQJE', '&', 'AvdD', '7sZR'),
    (value) => `SMTP_PASSWORD="${value}" # shared with the staging relay`,
  ),
  secretCase(
    'env-exported-secret',
    assemble('93a437fa646b4e8bf8d44f03c2931ce9', '3541053ccae11af62468ca7e9d81a050'),
    (value) => `export SESSION_SECRET=${value}; npm start`,
  ),
  secretCase(
    'env-in-compose',
    assemble('81MJvHt3cA', 'sQNDjeKnEv'),
    (value) =>
      `services:\n  db:\n    image: postgres:17\n    environment:\n      - POSTGRES_PASSWORD=${value}\n    ports: ["5432:5432"]`,
  ),
  secretCase(
    'yaml-api-key',
    assemble('XJQnGq0RhizbbT6iAv', 'ac2SKPBYTOFyZeYGqR'),
    (value) => `search:\n  api_key: "${value}"\n  timeout: 3s\n`,
  ),
  secretCase(
    'yaml-password-single-quotes',
    assemble('vjjF', 'ShYr', '@', '9HuII'),
    (value) => `ldap: { bind_dn: 'cn=svc,dc=acme', bind_password: '${value}', port: 636 }`,
  ),
  secretCase(
    'json-password',
    assemble('y5DK68pf2', 'AtGDxpDe'),
    (value) => `{"user":"report","password":"${value}","retries":3}`,
  ),
  secretCase(
    'json-inside-json',
    assemble('VrQI3580kYFjWT2VViOL', 'fhIEFyHG9yLN2TY3k2wL'),
    (value) =>
      String.raw`{"level":"error","msg":"upstream said {\"client_id\":\"web\",\"client_secret\":\"${value}\"}","attempt":2}`,
  ),
  secretCase(
    'toml-secret',
    assemble('IRlkM+cHUddg2B4CMrRpmF', 'YJ/wC0wszDYGxUpTlWxw1g'),
    (value) => `[cookies]\nname = "sid"\nsigning_secret = "${value}"\nmax_age = 86400`,
  ),
  secretCase(
    'properties-file',
    assemble('WAUiP0y', '7Bq2kv'),
    (value) =>
      `spring.datasource.username=orders\nspring.datasource.password=${value}\nserver.port=8081`,
  ),
  secretCase(
    'xml-settings',
    assemble('5Nx3p4BAhJ', '7vR9shRUB'),
    (value) =>
      `<server>\n  <id>releases</id>\n  <username>ci</username>\n  <password>${value}</password>\n</server>`,
  ),
  secretCase(
    'netrc',
    assemble('4nDAlRPhPOU', 'SA1DDTkvaLV'),
    (value) => `machine git.example.com login ci-bot password ${value}`,
  ),
  secretCase(
    'code-typescript-constant',
    assemble('XX1OYkWeyNDoFGW8', 'oh6O7yL3jm2eCP6i'),
    (value) => `const apiSecret = '${value}';\nexport const client = createClient({ apiSecret });`,
  ),
  secretCase(
    'code-go-struct',
    assemble('yc04DR_SXZVw2eXd_OpE', 'dIj-sjxWk659dLCE0f6K'),
    (value) => `cfg := Config{Host: "api.example.com", AuthToken: "${value}", Retries: 3}`,
  ),
  secretCase(
    'code-python-traceback',
    assemble('0VLZ7mvu', 'FeETmrVt'),
    (value) =>
      `Traceback (most recent call last):\n  File "/srv/app/jobs/sync.py", line 41, in run\n    conn = connect(host="db", user="sync", password="${value}")\npsycopg.OperationalError: connection failed`,
  ),
  secretCase(
    'code-ruby-hash',
    assemble('76305829f80c8453', 'a0252f5728366167'),
    (value) => `Devise.setup { |c| c.secret_key = '${value}' } # config/initializers/devise.rb:12`,
  ),
  secretCase(
    'diff-added-line',
    assemble('GETl1112mNxUxLfu', '6MVjfGvWa9trORnn'),
    (value) => `@@ -4,2 +4,3 @@\n host: api.example.com\n+access_token: ${value}\n timeout: 30`,
  ),
  secretCase(
    'diff-removed-assignment',
    assemble('YqgovssHr3o', 'vxtWMySI8Z'),
    (value) => `-ADMIN_PASSWORD=${value}\n+ADMIN_PASSWORD_FILE=/run/secrets/admin`,
  ),
  secretCase(
    'command-curl-user',
    assemble('UY0TNcM', 'QmHBhhe'),
    (value) =>
      `curl -u grafana-reader:${value} https://prometheus.example.com/api/v1/query?query=up`,
  ),
  secretCase(
    'command-password-flag',
    assemble('DaNGdt', 'I56Fvl'),
    (value) =>
      `mysqldump --host=db.internal --user=backup --password=${value} --single-transaction ledger`,
  ),
  secretCase(
    'command-pgpassword',
    assemble('uc2hpqD', 'aGP78I'),
    (value) => `$ PGPASSWORD='${value}' psql -h localhost -U app -c 'select count(*) from jobs'`,
  ),
  secretCase(
    'command-sshpass',
    assemble('Kd9_', 'vr7kx', 'FQj1'),
    (value) =>
      `sshpass -p ${value} ssh -o StrictHostKeyChecking=no deploy@build-07 'systemctl restart api'`,
  ),
  secretCase(
    'command-helm-set',
    assemble('VQtdSdzG2', 'zPZzK66A1'),
    (value) =>
      `helm upgrade pg bitnami/postgresql --set auth.postgresPassword=${value} --reuse-values`,
  ),
  secretCase(
    'log-key-value',
    assemble('gEEF_PJXI90nfE1byZ', 'cOUSxCkqITUBQAp2iQ'),
    (value) =>
      `time=2026-03-12T06:15:00Z level=info msg="refreshing" client_id=web refresh_token=${value} scope=offline`,
  ),
  secretCase(
    'log-coloured',
    assemble('lZSvbvqIdilJjF', 'DfY8FK05DO8dpd'),
    (value) => `\u001B[36mINFO\u001B[39m auth_token=\u001B[33m${value}\u001B[39m connected`,
  ),
  secretCase(
    'markdown-table',
    assemble('Kwrb8896', 'oYb9HIl'),
    (value) =>
      `| host | user | password |\n| --- | --- | --- |\n| stage.example.com | demo | ${value} |`,
  ),
  secretCase(
    'markdown-inline-code',
    assemble('93cb24cb1219e7b4100a', 'a07ca530d84df24d425f'),
    (value) => `Set \`GRAFANA_API_KEY=${value}\` in the runner before you start the job.`,
  ),
  secretCase(
    'oauth-token-response',
    assemble(
      '5ojFCwQNPrGekEVcjBcQ9tMbCT_rl',
      'USf2SPR-uBpdIrC7DMzx_GFCiV4JW',
      'z1Zxgafq5vKdKOyuJPPW-NL68Szj',
    ),
    (value) =>
      `{"access_token":"${value}","token_type":"Bearer","expires_in":3600,"scope":"read:jira-work"}`,
  ),
  secretCase(
    'chat-password-labelled',
    assemble('Nb3?', 'cmKuH', 'HqXIZ'),
    (value) => `<@U02ABCDEF> staging admin is back. user: demo-admin password: ${value}`,
  ),
];
