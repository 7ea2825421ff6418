import { seeded } from './seeded.ts';
import type { HeldOutRow } from './held-out-row.ts';

const { hex, word, url, base64 } = seeded(20_261_125);

const basic = (text: string): string => Buffer.from(text).toString('base64');

/** Secrets in the options and variables of commands, and in what a command is handed. */
export const commandsOfHeldOut: readonly HeldOutRow[] = [
  ['pgpassword', 'winterbird', (v) => `PGPASSWORD=${v} psql -h db.example.com -U shop`],
  ['pgpassword-export', 'Tr4mway!2031', (v) => `export PGPASSWORD='${v}'`],
  ['pgpassword-docker', 'correcthorse', (v) => `docker run -e PGPASSWORD=${v} postgres:16`],
  ['pgpassword-dockerfile', word(12), (v) => `FROM postgres:16\nENV POSTGRES_PASSWORD ${v}`],
  ['pgpassword-yaml', word(12), (v) => `environment:\n  - PGPASSWORD=${v}\n  - PGUSER=shop`],
  ['mysql-pwd', word(10), (v) => `MYSQL_PWD=${v} mysqldump shop > shop.sql`],
  ['mysql-option', `K8!${word(9)}`, (v) => `mysql -u root -p'${v}' shop`],
  ['mysql-long', word(14), (v) => `mysqldump --password=${v} --all-databases`],
  ['sshpass', word(12), (v) => `sshpass -p ${v} ssh build@10.0.0.4`],
  ['sshpass-env', word(12), (v) => `SSHPASS=${v} sshpass -e scp a b`],
  ['sudo', word(12), (v) => `echo '${v}' | sudo -S apt-get install git`],
  [
    'docker-stdin',
    word(22),
    (v) => `echo "${v}" | docker login --username build --password-stdin registry.example.com`,
  ],
  ['kubectl', word(18), (v) => `kubectl create secret generic db --from-literal=password=${v}`],
  [
    'kube-token',
    `eyJhbGciOiJSUzI1NiIsImtpZCI6Ing${word(20)}.eyJ${word(120)}.${url(200)}`,
    (v) => `users:\n- name: ci\n  user:\n    token: ${v}`,
  ],
  [
    'kube-key',
    `LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQo${word(200)}`,
    (v) => `    client-key-data: ${v}`,
  ],
  [
    'kube-secret',
    basic('Tr0ub4dor&3-of-the-shop'),
    (v) => `apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  password: ${v}`,
  ],
  [
    'kube-string',
    'plain-words-as-secret-9',
    (v) => `kind: Secret\nstringData:\n  db-password: ${v}`,
  ],
  ['helm-set', word(16), (v) => `helm upgrade shop ./chart --set postgresql.auth.password=${v}`],
  [
    'az-login',
    `${word(20)}~${word(12)}`,
    (v) => `az login --service-principal -u app -p "${v}" --tenant t`,
  ],
  [
    'az-storage',
    `${base64(86)}==`,
    (v) => `az storage blob list --account-name shop --account-key ${v}`,
  ],
  [
    'curl-basic',
    basic(`build:${word(16)}`),
    (v) => `curl -H "Authorization: Basic ${v}" https://x.example.com`,
  ],
  [
    'curl-bearer',
    word(40),
    (v) => `curl -s -H 'Authorization: Bearer ${v}' https://api.example.com/v1/orders`,
  ],
  [
    'curl-oauth',
    hex(40),
    (v) => `curl -H "Authorization: token ${v}" https://git.example.com/api/v3/user`,
  ],
  ['curl-long-user', word(14), (v) => `curl --user admin:${v} https://nexus.example.com/x`],
  ['wget', word(14), (v) => `wget --user=build --password=${v} https://files.example.com/a.tgz`],
  ['httpie', word(14), (v) => `http -a build:${v} GET https://api.example.com/me`],
  ['ldapsearch', word(14), (v) => `ldapsearch -x -D cn=admin,dc=example,dc=com -w ${v}`],
  ['smbclient', word(12), (v) => `smbclient //fs.example.com/share -U build%${v}`],
  [
    'cifs',
    word(12),
    (v) => `mount -t cifs //fs/share /mnt -o username=build,password=${v},vers=3.0`,
  ],
  ['sqlcmd', `P@${word(10)}`, (v) => `sqlcmd -S db.example.com -U sa -P '${v}' -Q "select 1"`],
  ['openssl', word(16), (v) => `openssl rsa -in key.pem -passin pass:${v} -out plain.pem`],
  ['keytool', word(12), (v) => `keytool -list -keystore a.jks -storepass ${v}`],
  ['gpg', word(20), (v) => `gpg --batch --passphrase "${v}" --decrypt a.gpg`],
  ['zip', word(12), (v) => `7z x backup.7z -p${v}`],
  ['expect', word(12), (v) => `expect "Password:"\nsend "${v}\\r"`],
  ['mosquitto', word(12), (v) => `mosquitto_sub -h mq.example.com -u build -P ${v} -t '#'`],
  [
    'git-header',
    basic(`x-access-token:${word(36)}`),
    (v) => `git -c http.extraheader="AUTHORIZATION: basic ${v}" fetch`,
  ],
  ['svn', word(12), (v) => `svn co https://svn.example.com --username build --password ${v}`],
  ['vault-put', word(18), (v) => `vault kv put secret/shop db_password=${v}`],
  ['heroku-config', word(30), (v) => `heroku config:set SESSION_SECRET=${v} -a shop`],
  ['net-user', `Z!${word(9)}`, (v) => `net user build ${v} /add`],
  ['powershell-env', word(24), (v) => `$env:API_TOKEN = '${v}'`],
  ['powershell-param', word(20), (v) => `Connect-Thing -Server x.example.com -Password "${v}"`],
  ['setx', word(20), (v) => `setx DB_PASSWORD "${v}" /M`],
  ['cmd-set', word(20), (v) => `set GITHUB_TOKEN=${v}`],
  ['fish', word(24), (v) => `set -gx NPM_TOKEN ${v}`],
  ['spring-cli', word(18), (v) => `java -jar shop.jar --spring.datasource.password=${v}`],
  ['java-option', word(18), (v) => `-Djavax.net.ssl.keyStorePassword=${v}`],
  ['rabbit', word(16), (v) => `rabbitmqctl add_user build ${v}`],
  ['minio', word(20), (v) => `mc alias set store https://s3.example.com build ${v}`],
  ['rclone', word(24), (v) => `RCLONE_CONFIG_S3_SECRET_ACCESS_KEY=${v}`],
  ['restic', word(24), (v) => `RESTIC_PASSWORD=${v} restic backup /srv`],
  ['borg', word(24), (v) => `BORG_PASSPHRASE='${v}' borg list`],
  ['ansible-extra', word(16), (v) => `ansible-playbook site.yml -e "db_pass=${v}"`],
];
