import { eachOccurrence, isDigit, isLetter } from '../characters.ts';
import type { RedactionRule, ReportSpan } from '../redaction-rule.ts';

/** Addresses of e-mail, by their form. */
export const emailAddresses: RedactionRule = {
  id: 'e-mail',
  kind: 'personal_data',
  marker: '[e-mail]',
  level: 'standard',
  begins: ['@', 'a@', '%40', 'a@a.'],
  needles: ['@', '%40'],
  find: (text, report) => {
    eachOccurrence(text, '@', (index) => addressAround(text, index, 1, report));
    eachOccurrence(text, '%40', (index) => addressAround(text, index, 3, report));
  },
};

const marksOfLocalPart = new Set("._+-'%&!#~".split(''));
const longestLocalPart = 64;

function addressAround(
  text: string,
  at: number,
  width: number,
  report: ReportSpan,
): number | undefined {
  const start = startOfLocalPart(text, at);
  if (start === at) return undefined;
  const end = endOfDomain(text, at + width);
  if (end === -1) return undefined;
  const local = text.slice(start, at);
  if (!isMailbox(text, start, local, text.slice(at + width, end), end)) return undefined;
  report('e-mail/address', start, end);
  return end;
}

function isLatin(code: number): boolean {
  return code >= 0xc0 && code <= 0x24f && code !== 0xd7 && code !== 0xf7;
}

function startOfLocalPart(text: string, at: number): number {
  const floor = Math.max(0, at - longestLocalPart);
  let start = at;
  while (start > floor) {
    const code = text.charCodeAt(start - 1);
    if (!isLetter(code) && !isDigit(code) && !isLatin(code)) {
      if (!marksOfLocalPart.has(text.charAt(start - 1))) break;
      // What is encoded for a URL ends here: `email%3Dmira`.
      if (/^%[0-9A-F]{2}/i.test(text.slice(start - 1, start + 2))) {
        start = Math.min(at, start + 2);
        break;
      }
      if (text[start - 1] === '&') break;
    }
    start -= 1;
  }
  // An escape such as `\n` before it.
  if (text[start - 1] === '\\' && /[nrt]/.test(text.charAt(start))) start += 1;
  while (start < at && "._-'+%!#~".includes(text.charAt(start))) start += 1;
  return Math.min(start, at);
}

function endOfDomain(text: string, from: number): number {
  const limit = Math.min(text.length, from + 255);
  let index = from;
  let lastDot = -1;
  let end = -1;
  let labelStart = from;
  while (index <= limit) {
    const code = text.charCodeAt(index);
    const inside =
      index < limit && (isLetter(code) || isDigit(code) || isLatin(code) || code === 45);
    if (!inside) {
      const length = index - labelStart;
      if (length === 0 || length > 63) break;
      if (lastDot !== -1 && isTopLevel(text.slice(labelStart, index))) end = index;
      if (text[index] !== '.') break;
      lastDot = index;
      labelStart = index + 1;
    }
    index += 1;
  }
  return end;
}

function isTopLevel(label: string): boolean {
  return /^(?:[A-Za-z\u00c0-\u024f]{2,24}|xn--[A-Za-z0-9-]{2,40})$/.test(label);
}

const fileOrUnit =
  /\.(?:png|jpe?g|gif|svg|webp|avif|ico|bmp|tiff?|m?[jt]sx?|c[jt]s|css|scss|less|html?|json|ya?ml|toml|md|txt|log|map|lock|zip|tgz|gz|tar|whl|jar|exe|dll|so|service|timer|socket|target|mount|slice|internal|local|localdomain|localhost|cluster|lan|intranet|corp|home|py|rb|rs|java|kt|php|sh|sql|tf|patch|diff|git)$/i;
const noPerson =
  /^(?:git|hg|svn|no-?reply|do-?not-?reply|mailer-daemon|this|super|return|break|continue|label)$/i;

function isMailbox(
  text: string,
  start: number,
  local: string,
  domain: string,
  end: number,
): boolean {
  if (fileOrUnit.test(`.${domain}`) || noPerson.test(local) || /^users\.noreply\./i.test(domain))
    return false;
  // The user of a URL or of a remote: `ssh://deploy@host`, `user:pw@host`, `deploy@host.example.com:path/`.
  if (/[$}]$|:\/\/[^\s"'/?#@]{0,80}$/.test(text.slice(Math.max(0, start - 84), start)))
    return false;
  const remote = text[end] === ':' && /^:(?:[\w.-]{1,60}\/|~|\/)/.test(text.slice(end, end + 64));
  return !(remote && !text.startsWith('://', end));
}
