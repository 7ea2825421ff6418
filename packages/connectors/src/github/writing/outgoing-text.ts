import { replaceHidden } from '@adjutant/core/ports';
import type { Preparation, PreviewFact } from '@adjutant/core';
import { z } from 'zod';
import type { GithubConfig } from '../config.ts';
import type { GithubAccess } from './access.ts';
import { listed } from '../../writing/neutral-text.ts';
import { plain, warning } from '../../writing/preview-facts.ts';
import { drawnOtherwise } from './drawn-otherwise.ts';

const mostLookups = 20;
/** GitHub asks of the sign before a name only that it is no letter, digit or underscore of ASCII. */
const mention =
  /(?<!\w)@([A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:_[A-Za-z0-9]{1,38})?(?:\[bot\])?)(?:\/([A-Za-z0-9_.-]{1,100}))?/g;
/** An address in words is a link at GitHub, and a link calls nobody; only what surely is one counts. */
const address = /(?<=^|[\s(*~])https?:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)+[/?#][^\s<]*/gi;
/** Words at the beginning of a line that well-known programs obey without being addressed. */
const commandWords = [
  'add to whitelist',
  'bors',
  'homu',
  'ok to test',
  'rebuild',
  'recheck',
  'retest',
  'run tests',
  'test this please',
];
const accountSchema = z.object({ id: z.number(), login: z.string(), type: z.string() });

/** Whom a text calls, and what in it a program might obey. */
export interface ExaminedText {
  facts: PreviewFact[];
  logins: string[];
  teams: string[];
  /** People whom it calls, with their accounts' ids. */
  people: { id: number; login: string }[];
  /** Why it is of high risk; null where nothing is found. */
  reason: string | null;
  /** Whether a program might obey it; null where not everybody whom it calls was looked up. */
  containsCommand: boolean | null;
}

/** What is written for others to read. */
export interface WrittenText {
  title?: string;
  body: string;
  /** False for the message of a commit, in which the signs of code hide no call. */
  isMarkdown?: boolean;
}

/**
 * Looks up whom a text calls. An account that is no person's may be a program that obeys it. The title
 * is no Markdown, and what it begins would go on in the text if they were one.
 */
export async function examineText(
  access: GithubAccess,
  config: Pick<GithubConfig, 'commandWords'>,
  { title = '', body, isMarkdown = true }: WrittenText,
): Promise<ExaminedText> {
  const text = title === '' ? body : `${title}\n${body}`;
  const { notShown, shownOtherwise, words } = await drawnOtherwise(body);
  // Behind an open bracket GitHub makes no link of an address.
  const called = body.includes('[') ? words : words.map((one) => one.replaceAll(address, ' '));
  const read = isMarkdown ? [title, ...called] : [text, ...words];
  const found = read.flatMap((one) => [...one.matchAll(mention)]);
  const teams = distinct(
    found.flatMap(([, owner, team]) => (team === undefined ? [] : [`${owner}/${team}`])),
  );
  const logins = distinct(
    found.flatMap(([, login, team]) => (team === undefined && login !== undefined ? [login] : [])),
  );
  const people: ExaminedText['people'] = [];
  const others: string[] = [];
  for (const login of logins.slice(0, mostLookups)) {
    const path = `/users/${encodeURIComponent(login)}`;
    const account = await access.find(path, accountSchema, 'this account');
    if (account?.type === 'User' && !looksLikeBot(login, config)) people.push(account);
    else others.push(`@${login}`);
  }
  const hasMore = logins.length > mostLookups;
  const commands = [
    ...commandsIn(text, config).map((command) => `it holds a command: ${command}`),
    ...(others.length > 0 ? [`it calls what is no person's account: ${listed(others)}`] : []),
    ...notShown,
  ];
  const reasons = [...commands, ...(hasMore ? [`it calls ${logins.length} accounts`] : [])];
  const everybody = [
    ...people.map(({ login }) => `@${login}`),
    ...others,
    ...teams.map((t) => `@${t}`),
  ];
  return {
    facts: [
      ...[...reasons, ...shownOtherwise].map((what) => warning('Text', what)),
      everybody.length === 0 ? plain('Calls', 'nobody') : warning('Calls', listed(everybody, 30)),
    ],
    logins,
    teams,
    people,
    reason: reasons.length === 0 ? null : reasons.join('; '),
    containsCommand: commands.length > 0 ? true : hasMore ? null : false,
  };
}

/** Returns the raised tier of a text that a program might obey, as a part of a preparation. */
export function raisedBy({ reason }: ExaminedText): Pick<Preparation, 'raisedRisk'> {
  return reason === null ? {} : { raisedRisk: { risk: 'high', reason } };
}

function commandsIn(text: string, config: Pick<GithubConfig, 'commandWords'>): string[] {
  const words = [...commandWords, ...config.commandWords.map((word) => word.toLowerCase())];
  const seen = replaceHidden(text.normalize('NFKC'), (character) =>
    /\s/u.test(character) ? character : '',
  );
  const lines = seen
    .split(/[\n\r\u2028\u2029]/)
    .map((line) => line.replace(/^[\s>*_`~#+\d.)-]+/, '').toLowerCase());
  const found = lines.flatMap((line) => {
    const slash = /^[/!][a-z][\w-]*(?![\w/-])/.exec(line)?.[0];
    const word = words.find((one) => line.startsWith(one) && !/^\w/.test(line.slice(one.length)));
    return slash ?? word ?? [];
  });
  return distinct(found).slice(0, 5);
}

function looksLikeBot(login: string, config: Pick<GithubConfig, 'commandWords'>): boolean {
  const name = login.toLowerCase();
  return (
    /(?:^|-)bot(?:$|-|\d)|bot$|\[bot\]$/.test(name) ||
    config.commandWords.some((word) => word.toLowerCase().replace(/^@/, '') === name)
  );
}

function distinct(items: readonly string[]): string[] {
  return [...new Map(items.map((item) => [item.toLowerCase(), item])).values()];
}
