import { eachOccurrence, isWord, matchAt, startsWord } from '../characters.ts';
import type { RedactionRule, ReportSpan } from '../redaction-rule.ts';
import { shapeOf } from '../secret-value.ts';
import { cloudTokenForms } from './token-forms-cloud.ts';
import { developmentTokenForms } from './token-forms-development.ts';
import { serviceTokenForms } from './token-forms-services.ts';
import { findTokens } from './token-rule.ts';

const tokenForms = [...developmentTokenForms, ...cloudTokenForms, ...serviceTokenForms];

/** Tokens that their issuers made recognisable by how they begin. */
export const vendorTokens: RedactionRule = {
  id: 'token',
  kind: 'secret',
  marker: '[secret]',
  level: 'off',
  needles: [],
  begins: tokenForms.flatMap(({ prefixes }) => prefixes),
  find: findTokens(tokenForms),
};

/** A token known by a literal in its middle: so many characters before it, a pattern behind it. */
interface InfixForm {
  readonly id: string;
  readonly literal: string;
  /** The characters before the literal, how many of them at least and at most. */
  readonly before: RegExp;
  readonly fewest: number;
  readonly most: number;
  /** True where a word may end just before it: `bot123:…` in an address. */
  readonly joined?: true;
  readonly after: RegExp;
}

const infixForms: readonly InfixForm[] = [
  {
    id: 'azure-client-secret',
    literal: 'Q~',
    before: /[\w~.-]/,
    fewest: 4,
    most: 4,
    after: /[\w~.-]{31,37}/y,
  },
  {
    id: 'terraform',
    literal: '.atlasv1.',
    before: /[A-Za-z0-9]/,
    fewest: 14,
    most: 14,
    after: /[\w=-]{50,80}/y,
  },
  {
    id: 'mailchimp',
    literal: '-us',
    before: /[a-f0-9]/,
    fewest: 32,
    most: 32,
    after: /\d{1,2}(?!\w)/y,
  },
  {
    id: 'telegram',
    literal: ':AA',
    before: /\d/,
    fewest: 8,
    most: 11,
    joined: true,
    after: /[\w-]{30,40}/y,
  },
  {
    id: 'firebase-messaging',
    literal: ':APA91b',
    before: /[\w-]/,
    fewest: 8,
    most: 24,
    after: /[\w-]{60,300}/y,
  },
  {
    id: 'azure-devops',
    literal: 'JQQJ99',
    before: /[A-Za-z0-9]/,
    fewest: 40,
    most: 60,
    after: /[A-Za-z0-9]{20,60}/y,
  },
  // Of its 84 characters the mark of the issuer and four more are the last.
  {
    id: 'azure-devops',
    literal: 'AZDO',
    before: /[A-Za-z0-9]/,
    fewest: 70,
    most: 80,
    after: /[A-Za-z0-9]{4}(?![A-Za-z0-9])/y,
  },
  {
    id: 'azure-storage',
    literal: '+ASt',
    before: /[A-Za-z0-9+/]/,
    fewest: 70,
    most: 82,
    after: /[A-Za-z0-9+/]{4,12}={0,2}/y,
  },
  // Known by their ends alone.
  {
    id: 'new-relic-licence',
    literal: 'NRAL',
    before: /[a-z0-9]/,
    fewest: 36,
    most: 36,
    after: /(?!\w)/y,
  },
  { id: 'maxmind', literal: '_mmk', before: /\w/, fewest: 36, most: 36, after: /(?!\w)/y },
];

const beforeTables = new Map(
  infixForms.map((form) => [
    form,
    Uint8Array.from({ length: 128 }, (_, code) =>
      form.before.test(String.fromCharCode(code)) ? 1 : 0,
    ),
  ]),
);

function findInfix(text: string, form: InfixForm, report: ReportSpan): void {
  const allowed = beforeTables.get(form) ?? new Uint8Array(128);
  // Where the run began in which the last literal stood: no character is looked at twice.
  let runStart = 0;
  let seenUpTo = 0;
  let found = -1;
  eachOccurrence(text, form.literal, (index) => {
    let start = index;
    while (start > seenUpTo && allowed[text.charCodeAt(start - 1)] === 1) start -= 1;
    if (start > seenUpTo) runStart = start;
    seenUpTo = index;
    start = Math.max(runStart, index - form.most);
    if (index - start < form.fewest) return undefined;
    const isFree = form.fewest === form.most || start === found;
    const before = text.charCodeAt(start - 1);
    const isJoined = form.joined === true && allowed[before] !== 1;
    if (!isFree && !isJoined && isWord(before)) return undefined;
    const match = matchAt(form.after, text, index + form.literal.length);
    if (match === null) return undefined;
    const end = index + form.literal.length + match[0].length;
    if (shapeOf(text.slice(start, end)).distinct < 6) return end;
    report(`token/${form.id}`, start, end);
    // What stands behind one that was found begins there.
    found = end;
    runStart = end;
    seenUpTo = end;
    return end;
  });
}

/** Tokens that are known by what stands in their middle. */
export const infixTokens: RedactionRule = {
  id: 'token-infix',
  kind: 'secret',
  marker: '[secret]',
  level: 'off',
  begins: infixForms.map(({ literal }) => literal),
  needles: infixForms.map(({ literal }) => literal),
  find: (text, report, view) => {
    for (const form of infixForms) {
      if (view?.mayHold(form.literal) !== false) findInfix(text, form, report);
    }
  },
};

const webTokenHead = /eyJ[\w-]{8,2000}\.[\w-]{8,4000}(?:\.[\w-]{8,2000}){0,3}/y;

/** Signed and encrypted JSON web tokens. */
export const webTokens: RedactionRule = {
  id: 'token/jwt',
  kind: 'secret',
  marker: '[secret]',
  level: 'off',
  begins: ['eyJ', 'eyJaaaaaaaa.', 'eyJaaaaaaaa.aaaaaaaa.'],
  needles: ['eyJ'],
  find: (text, report) =>
    eachOccurrence(text, 'eyJ', (index) => {
      if (!startsWord(text, index)) return undefined;
      const match = matchAt(webTokenHead, text, index);
      if (match === null) return skipRun(text, index);
      report('token/jwt', index, index + match[0].length);
      return index + match[0].length;
    }),
};

/** Returns the end of a run of characters that was looked at in vain, so that it is not looked at again. */
function skipRun(text: string, index: number): number {
  let end = index;
  while (end - index < 2000 && (isWord(text.charCodeAt(end)) || text[end] === '_')) end += 1;
  return end;
}
