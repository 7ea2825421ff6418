import type { CorpusCase } from './corpus-case.ts';
import { cleanCase } from './make-case.ts';

/** Placeholders, references to secrets, settings, addresses and locks. */
export const configurationNegatives: readonly CorpusCase[] = [
  cleanCase(
    'placeholder-angle',
    'curl -H "Authorization: Bearer <token>" https://api.example.com/v1/me',
  ),
  cleanCase(
    'placeholder-variable',
    'curl -H "Authorization: Bearer $GITHUB_TOKEN" https://api.github.com/user',
  ),
  cleanCase('placeholder-template', 'headers: { Authorization: `Bearer ${token}` },'),
  cleanCase('placeholder-dots', 'Set `SLACK_BOT_TOKEN=xoxb-...` and start again.'),
  cleanCase('placeholder-stars', 'Authorization: token *** (masked by the runner)'),
  cleanCase('placeholder-already-redacted', 'password=[redacted] token=[secret] user=ci'),
  cleanCase(
    'placeholder-basic-auth',
    'git clone https://<user>:<token>@git.example.com/acme/api.git',
  ),
  cleanCase(
    'token-prefixes-named',
    'Classic tokens start with `ghp_`, fine-grained ones with `github_pat_`, bots of Slack with `xoxb-`.',
  ),
  cleanCase(
    'workflow-secret',
    'with:\n  password: ${{ secrets.REGISTRY_PASSWORD }}\n  token: ${{ github.token }}',
  ),
  cleanCase('workflow-permissions', 'permissions:\n  id-token: write\n  contents: read'),
  cleanCase('env-empty', 'API_KEY=\nSLACK_TOKEN=\nPASSWORD=""\n'),
  cleanCase('env-from-file', 'POSTGRES_PASSWORD_FILE=/run/secrets/postgres_password'),
  cleanCase('env-shell-default', 'export DB_PASSWORD="${DB_PASSWORD:?set it first}"'),
  cleanCase('env-command-substitution', 'export VAULT_TOKEN=$(vault print token)'),
  cleanCase('env-windows', 'set API_TOKEN=%CI_API_TOKEN%'),
  cleanCase(
    'url-with-variables',
    'postgres://${DB_USER}:${DB_PASSWORD}@db:5432/app?sslmode=require',
  ),
  cleanCase(
    'url-without-credentials',
    'DATABASE_URL=postgres://db.internal:5432/app REDIS_URL=redis://cache:6379/0',
  ),
  cleanCase(
    'url-token-variable',
    'git push "https://oauth2:$GITLAB_TOKEN@gitlab.example.com/platform/api.git" HEAD:main',
  ),
  cleanCase(
    'url-query-string',
    'https://example.com/search?q=label%3Abug+state%3Aopen&sort=updated&order=desc&page=2',
  ),
  cleanCase(
    'url-utm-and-anchor',
    'https://docs.example.com/guide/sync?utm_source=chat&v=2.14.0#step-3',
  ),
  cleanCase(
    'url-with-at-in-path',
    'https://cdn.example.com:8443/npm/react@18.3.1/umd/react.production.min.js',
  ),
  cleanCase(
    'kubernetes-secret-reference',
    'env:\n- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef:\n      name: billing-db\n      key: password',
  ),
  cleanCase(
    'kubernetes-image-pull-secret',
    'imagePullSecrets:\n- name: registry-credentials\nautomountServiceAccountToken: false',
  ),
  cleanCase(
    'helm-existing-secret',
    'auth:\n  existingSecret: billing-db\n  secretKeys:\n    userPasswordKey: password',
  ),
  cleanCase(
    'terraform-secret-reference',
    'password = data.aws_secretsmanager_secret_version.db.secret_string',
  ),
  cleanCase(
    'terraform-variable',
    'variable "api_token" {\n  type      = string\n  sensitive = true\n}',
  ),
  cleanCase('vault-path', 'vault kv get -field=password secret/data/billing/db'),
  cleanCase(
    'one-password-reference',
    'SMTP_PASSWORD="op://platform/smtp relay/password" op run -- node send.js',
  ),
  cleanCase(
    'config-null-and-booleans',
    '{"password":null,"token":"","apiKey":null,"requireSecret":true,"tokenTtlSeconds":3600}',
  ),
  cleanCase(
    'config-password-policy',
    'password:\n  min_length: 12\n  require_digit: true\n  expires_days: 90',
  ),
  cleanCase(
    'config-token-budget',
    'max_tokens: 4096\ntokens_per_minute: 90000\ntokenizer: whitespace',
  ),
  cleanCase('config-secret-name', 'secretName: wildcard-example-com-tls\nsecret_rotation: weekly'),
  cleanCase(
    'npmrc-variable',
    '//registry.example.com/:_authToken=${NPM_TOKEN}\nregistry=https://registry.example.com/',
  ),
  cleanCase(
    'docker-build-secret',
    'RUN --mount=type=secret,id=npm_token,target=/root/.npmrc pnpm install',
  ),
  cleanCase('git-ssh-remote', 'origin\tgit@github.com:acme/billing.git (fetch)'),
  cleanCase('git-ssh-url', 'ssh://git@gitlab.example.com:2222/platform/api.git'),
  cleanCase(
    'pip-git-reference',
    'pip install "git+https://github.com/acme/pylib.git@v1.4.2#egg=pylib"',
  ),
  cleanCase('loopback-addresses', 'listening on 127.0.0.1:8080, [::1]:8080 and 0.0.0.0:9090'),
  cleanCase('private-addresses', '10.0.12.4 -> 172.16.8.20 via 192.168.1.1 (mtu 1450)'),
  cleanCase(
    'private-ranges',
    'allow 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fe80::/10, fd00::/8',
  ),
  cleanCase('metadata-address', 'curl -s http://169.254.169.254/latest/meta-data/instance-id'),
  cleanCase(
    'netmask-and-ports',
    'inet 10.8.0.7 netmask 255.255.255.0, ports 443, 5432, 6379 and 27017',
  ),
  cleanCase(
    'lockfile-integrity',
    "resolution: {integrity: sha512-adc3+wXNFbLWYOE2aC5gmUIyi4PsQ9Nb9bbkG/haGI27tB6rU2V7cbXD44FzRA3fXoRlH0ZY6zmk6aXcBvi0eQ==}\nengines: {node: '>=20'}",
  ),
  cleanCase(
    'lockfile-npm',
    '"resolved": "https://registry.example.com/zod/-/zod-4.1.5.tgz",\n"integrity": "sha512-EZZZZAEKJ9FGz4EmwooOCF+Wwx53aYJmtwbg+f9fpnsF6BhX3BHREfSCdJOq5mKDwsGYNikoexroN2M/H0Mw3A==",',
  ),
  cleanCase(
    'lockfile-cargo',
    'checksum = "3a0445885e4878c673401bba7093cadc47129282d6225a27dd72677983b11558"\ndependencies = ["serde"]',
  ),
  cleanCase(
    'lockfile-poetry',
    '{file = "httpx-0.28.1-py3-none-any.whl", hash = "sha256:62792a75923bd6227a7cb58c38512b0fdd3079ede76e9d035d4a933e616d64c9"},',
  ),
  cleanCase(
    'go-sum',
    'golang.org/x/net v0.37.0 h1:SVE403z6amXkZvFjQY9ITX/7JbE/w+HFu1n8lTPlCTI=\ngolang.org/x/net v0.37.0/go.mod h1:8rBkh7LyoTos2qkjKJHvNEWuBaB+NZY1P28oCpj5gJY=',
  ),
  cleanCase(
    'go-pseudo-version',
    'require golang.org/x/exp v0.0.0-20260311091402-4f1c9d2e8b7a // indirect',
  ),
  cleanCase('nix-hash', 'sha256 = "sha256-rITUrQjhdg97EfL8ZQ67uMkHVEhoH+TBOoE2khXz0pE=";'),
  cleanCase(
    'subresource-integrity',
    '<script src="/vendor/app.js" integrity="sha384-XmerJ+dijONjm5wKlgu34HKRHuiKofyoPfI4QW6ICTi6eNZnZRsNxzNDMbAvzEsa" crossorigin="anonymous"></script>',
  ),
  cleanCase(
    'npm-scoped-package',
    'pnpm add -D @acme/eslint-config@4.2.0 lodash@4.17.21 @types/node@24.0.3',
  ),
  cleanCase(
    'action-references',
    'uses: actions/checkout@v4\nuses: acme/setup-tool@3f0ec06053cd21e8bfe616cc5c75ab2b4176c22a # v2.1.0',
  ),
  cleanCase(
    'cron-lines',
    '*/15 2-6 * * 1-5 /usr/local/bin/rotate-logs --keep 14\n0 0 1 1 * root /opt/yearly.sh',
  ),
  cleanCase(
    'certificate',
    '-----BEGIN CERTIFICATE-----\nMIIB4KgzsxkYZfRpC+1H/VtUEiMcIAiL6ddbDd0eLLmhywDZPCSAhO87yEaj6eXJ\nMzL9FnKcouxtyvSAD/9m6jw+F1IIe9usW7rbIHOKvsNb0urp3GExtQcHa+XcVMRd\nP/I1qzVmgotYQCRu/6fqwk+FXLiv73A/zRYn4vEywm4=\n-----END CERTIFICATE-----',
  ),
  cleanCase(
    'public-key-pem',
    '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAMvacnA9qOejK18/kJVWPxwfL66/b63SY4iF+H+uR2np=\n-----END PUBLIC KEY-----',
  ),
  cleanCase(
    'public-key-ssh',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILLr+P8NYOEEysnEP+i0Vkwd7oFQ3+DyAX+TEIKYux/p deploy',
  ),
  cleanCase(
    'age-recipient',
    'creation_rules:\n  - path_regex: prod/.*\n    age: age1u0xjcl026wsgph686ws7daa6lrjwx645ryhqd4aaulcx8fdhsn8t5leve7',
  ),
  cleanCase(
    'content-security-policy',
    "Content-Security-Policy: script-src 'self' 'sha256-hLsFV8n6GVAZqcTmEwjEoSr21Jk3EG5agwRjM3aRNlE='",
  ),
  cleanCase(
    'cookie-names-and-flags',
    'Set-Cookie: theme=dark; Path=/; Max-Age=31536000; SameSite=Lax',
  ),
  cleanCase(
    'header-names',
    'Access-Control-Allow-Headers: Authorization, X-Api-Key, X-CSRF-Token, Cookie',
  ),
  cleanCase(
    'authenticate-challenge',
    'WWW-Authenticate: Bearer realm="api", error="invalid_token"\nWWW-Authenticate: Basic realm="nexus"',
  ),
];
