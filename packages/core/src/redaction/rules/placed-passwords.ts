import { eachMatch, eachOccurrence, endOfWord, matchAt } from '../characters.ts';
import type { RedactionRule } from '../redaction-rule.ts';
import { isPasswordValue } from '../secret-value.ts';

/** A place that is a password by what stands around it, with no name beside it. */
interface PlaceForm {
  readonly id: string;
  readonly literals: readonly string[];
  /** Sticky, from the end of the literal on; the first group is the secret. */
  readonly secret: RegExp;
}

const forms: readonly PlaceForm[] = [
  // `jdbc:oracle:thin:user/password@host`
  {
    id: 'oracle',
    literals: [':thin:', ':oci:'],
    secret: /[^\s/@:"']{1,60}\/"?([^\s"'@]{5,100})"?@/y,
  },
  {
    id: 'powershell',
    literals: ['ConvertTo-SecureString'],
    secret: /\s{1,4}(?:-String\s{1,4})?["']([^"'\n]{5,200})["']/y,
  },
  {
    id: 'share',
    literals: ['/user:', '/USER:'],
    secret: /[^\s"']{1,80}\s{1,4}([^\s"'/*][^\s"']{4,100})/y,
  },
  {
    id: 'wireless',
    literals: ['psk=', 'wpa_passphrase=', 'psk: '],
    secret: /["']?([^\s"']{8,64})/y,
  },
  // A line of a file of shared keys.
  {
    id: 'shared-key',
    literals: [': PSK ', ': XAUTH ', ': EAP '],
    secret: /["']([^"'\n]{5,200})["']/y,
  },
  // `Pwd={…};`: in braces a value of a connection may hold what otherwise ends it.
  {
    id: 'connection',
    literals: ['pwd={', 'Pwd={', 'PWD={', 'password={', 'Password={', 'PASSWORD={'],
    secret: /([^{}\n\s]{5,128})\}(?=;|["']|$)/y,
  },
  // `BUNDLE_GEMS__EXAMPLE__COM=user:password`
  {
    id: 'bundle',
    literals: ['BUNDLE_'],
    secret: /[A-Z0-9_]{3,80}=["']?([^\s"':]{2,80}:[^\s"']{5,128})/y,
  },
  // The file that holds an account and its key, and names neither so.
  {
    id: 'account-file',
    literals: ['"username"'],
    secret: /\s?:\s?"[^"\n]{1,80}",\s{0,8}"key"\s?:\s?"([a-f0-9]{32,64})"/y,
  },
];

/** `host:port:database:user:password`, a line of a file of its own. */
const lineOfAccess =
  /^(?:[\w.-]{1,120}|\*):(?:\d{2,5}|\*):[^\s:]{1,64}:[^\s:]{1,64}:((?:[^\s:\\]|\\.){5,128})$/gm;

/** Passwords that a command, an address or a file has at a place of its own. */
export const placedPasswords: RedactionRule = {
  id: 'placed',
  kind: 'secret',
  marker: '[secret]',
  level: 'off',
  needles: [...forms.flatMap(({ literals }) => literals), ':*:', ...portsOfDatabases()],
  begins: [...forms.flatMap(({ literals }) => literals), 'db:5432:a:'],
  find: (text, report, view) => {
    for (const { id, literals, secret } of forms) {
      for (const literal of literals) {
        if (view?.mayHold(literal) === false) continue;
        eachOccurrence(text, literal, (index) => {
          const from = index + literal.length;
          const match = matchAt(secret, text, from);
          const value = match?.[1] ?? '';
          if (match === null || !isPasswordValue(value, { quoted: true, exact: false }))
            return undefined;
          const start = from + match[0].lastIndexOf(value);
          const end = endOfWord(text, start + value.length, value.length);
          report(`placed/${id}`, start, end);
          return end;
        });
      }
    }
    eachMatch(text, lineOfAccess, (match) => {
      const value = match[1] ?? '';
      const end = match.index + match[0].length;
      if (isPasswordValue(value, { quoted: true, exact: true })) {
        report('placed/line', end - value.length, end);
      }
      return end;
    });
  },
};

/** A line of access is looked for where such a port, or a star for any, is. */
function portsOfDatabases(): string[] {
  return ['5432', '5433', '6432', '3306', '1433', '1521', '6379'].map((port) => `:${port}:`);
}
