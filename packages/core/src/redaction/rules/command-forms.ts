/** A command that carries a secret at a place of its own. */
export interface CommandForm {
  readonly id: string;
  readonly literals: readonly string[];
  /** Sticky, from the literal on; the first group is the secret, and the match ends with it. */
  readonly secret: RegExp;
  /** What stands at the place: a password, a plain word too where the place is sure; a token; `user:password` encoded. */
  readonly holds: 'password' | 'plain-password' | 'anything' | 'token' | 'encoded';
}

// Between a command and its option stand at most 160 characters of the same line.
/** Commands and where their secrets stand. */
export const commandForms: readonly CommandForm[] = [
  {
    id: 'curl-user',
    holds: 'plain-password',
    literals: ['curl ', 'wget ', 'http ', 'https '],
    secret:
      /[^\n]{0,160}?\s(?:-u|--user|-a|--auth|--proxy-user)[ =]["']?[^\s"':]{1,80}:([^\s"']{4,200})/y,
  },
  {
    id: 'login',
    holds: 'password',
    literals: [
      'docker login',
      'podman login',
      'helm registry login',
      'az login',
      'oc login',
      'skopeo login',
      'buildah login',
      'sshpass',
      'az acr login',
    ],
    secret: /[^\n]{0,160}?\s-p[ =]?["']?([^\s"'-][^\s"']{4,200})/y,
  },
  {
    id: 'mysql',
    holds: 'password',
    literals: [
      'mysql ',
      'mysqldump ',
      'mysqladmin ',
      'mariadb ',
      'mysqlimport ',
      '7z ',
      '7za ',
      '7zz ',
      'rar ',
    ],
    secret: /[^\n|]{0,160}?\s-p["']?([^\s"'-][^\s"']{4,100})/y,
  },
  {
    id: 'redis',
    holds: 'password',
    literals: ['redis-cli '],
    secret: /[^\n|]{0,160}?\s-a ["']?([^\s"']{6,200})/y,
  },
  {
    id: 'sqlcmd',
    holds: 'password',
    literals: ['sqlcmd ', 'bcp ', 'osql ', 'mosquitto_sub ', 'mosquitto_pub ', 'zip '],
    secret: /[^\n|]{0,160}?\s-P ?["']?([^\s"']{5,100})/y,
  },
  {
    id: 'mongo',
    holds: 'password',
    literals: ['mongosh ', 'mongo ', 'mongodump ', 'mongorestore '],
    secret: /[^\n|]{0,160}?\s-p ?["']?([^\s"'-][^\s"']{4,100})/y,
  },
  {
    id: 'ldap',
    holds: 'password',
    literals: ['ldapsearch ', 'ldapmodify ', 'ldapadd '],
    secret: /[^\n|]{0,160}?\s-w ?["']?([^\s"']{5,100})/y,
  },
  {
    id: 'push-key',
    holds: 'token',
    literals: [
      'nuget push',
      'nuget setapikey',
      'cargo login',
      'gem push',
      'vault login',
      'htpasswd -b',
      'gh auth',
      'npm login',
      'wandb login',
      'snyk auth',
      'add-authtoken',
      'sentry-cli login',
    ],
    secret: /[^\n|]{0,160}?\s(?:-k |--api-key |-K )?["']?([A-Za-z0-9][\w.-]{19,200})/y,
  },
  {
    id: 'smbclient',
    holds: 'password',
    literals: ['smbclient ', 'rpcclient ', 'mount.cifs '],
    secret:
      /[^\n|]{0,120}?(?:-U ?["']?|username=)[^\s%"',]{1,60}(?:%|,password=)([^\s"',]{5,100})/y,
  },
  {
    id: 'netrc',
    holds: 'password',
    literals: ['machine '],
    secret: /[^\n]{1,80}?\s{1,8}login\s{1,4}\S{1,80}\s{1,8}password\s{1,4}(\S{4,200})/y,
  },
  { id: 'openssl', holds: 'password', literals: ['pass:'], secret: /([^\s"':]{6,100})/y },
  {
    id: 'sql',
    holds: 'anything',
    literals: [
      'IDENTIFIED BY',
      'identified by',
      'WITH PASSWORD',
      'PASSWORD ',
      'with password',
      'password ',
    ],
    secret: /(?:\s{1,3}PASSWORD)?\s{0,3}'([^'\n]{5,100})(?=')/y,
  },
  {
    id: 'docker-auth',
    holds: 'encoded',
    literals: ['"auth"', '_auth'],
    secret: /\s{0,3}[:=]\s{0,3}"?([A-Za-z0-9+/]{12,1024}={0,2})/y,
  },
  {
    id: 'keystore',
    holds: 'password',
    literals: ['storepass', '-keypass', '-passphrase'],
    secret: /[ =]["']?([^\s"']{5,100})/y,
  },
  {
    id: 'poetry',
    holds: 'password',
    literals: ['http-basic.'],
    secret: /[\w-]{1,60} [^\s"']{1,80} ["']?([^\s"']{5,200})/y,
  },
  {
    id: 'windows-account',
    holds: 'password',
    literals: ['net user ', 'NET USER '],
    secret: /\s{1,4}[^\s"']{1,60}\s{1,4}["']?([^\s"'/*][^\s"']{4,100})/y,
  },
  {
    id: 'snmp',
    holds: 'anything',
    literals: ['snmpwalk ', 'snmpget ', 'snmpset ', 'snmpbulkwalk ', 'snmptrap '],
    secret: /[^\n|]{0,80}?\s-c ?["']?([^\s"'-][^\s"']{4,100})/y,
  },
  {
    id: 'wireless',
    holds: 'password',
    literals: ['nmcli '],
    secret: /[^\n|]{0,120}?\spassword ["']?([^\s"']{8,64})/y,
  },
  {
    id: 'broker-account',
    holds: 'password',
    literals: ['rabbitmqctl '],
    secret: / (?:add_user|change_password|authenticate_user) [^\s"']{1,60} ["']?([^\s"']{5,100})/y,
  },
  {
    id: 'object-store',
    holds: 'password',
    literals: ['mc alias set ', 'mc config host add '],
    secret: / [^\s"']{1,60} \S{4,200} [^\s"']{1,100} ["']?([^\s"']{8,200})/y,
  },
  // What is handed on to a command that asks for it.
  {
    id: 'piped',
    holds: 'plain-password',
    literals: ['echo ', 'printf '],
    secret:
      / (?:-n |["']%s(?:\\n)?["'] )?["']?([^\s"'|]{5,200})(?=["']?\s{0,4}\|[^\n|]{0,160}?(?:--password-stdin|--with-token|--passphrase-fd|--stdin\b|\ssudo -S|\schpasswd))/y,
  },
  {
    id: 'here',
    holds: 'plain-password',
    literals: ['--password-stdin', '--with-token', 'sudo -S'],
    secret: /[^\n|<]{0,120}<<<\s{0,3}["']?([^\s"']{5,200})/y,
  },
  {
    id: 'dialogue',
    holds: 'plain-password',
    literals: ['expect '],
    secret:
      / [^\n]{0,40}?[Pp]ass[^\n]{0,40}[\n;][ \t]{0,8}send (?:-- )?["']([^"'\s\\]{4,100})(?=\\[rn])/y,
  },
];
