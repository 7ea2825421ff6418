import { dirname } from 'node:path';
import { plainText } from '@adjutant/insights';
import {
  type Capability,
  type CapabilityKind,
  capabilityKinds,
  storeIsThere,
} from './capabilities.ts';
import type { FiledConfig } from './require-trust.ts';
import { serverOf } from './store-place.ts';
import type { TrustRecord } from './trust-memory.ts';

/** As much as a point can have. */
const longestPoint = 5_000;
/** As much of one as stands in a question, of its begin and its end; the rest is counted. */
const longestAsked = 200;
const headAsked = 120;
/** What reaches outside stands in the last lines, as far as these go. */
const nearest: ReadonlySet<CapabilityKind> = new Set(['contact', 'credential', 'change']);
const mostNearest = 3;
const mostOthers = 10;

/** What each kind means, as a person is asked about it. */
export const kindTitles: Readonly<Record<CapabilityKind, string>> = {
  read: 'Reads on this machine',
  rule: 'Runs these rules',
  check: 'Takes deliveries that are signed with',
  write: 'Writes to',
  delete: 'Deletes',
  guard: 'Is guarded by',
  policy: 'Decides by this policy',
  listen: 'Answers requests at',
  store: 'Keeps its data in, and believes what is there',
  'sign-in': 'Lets sign in',
  source: 'Reads at these hosts, with your credentials',
  contact: 'Contacts',
  credential: 'Sends credentials',
  change: 'Can change outside, where policy and people agree',
};

export interface Asked {
  record: TrustRecord | null;
  grown: readonly Capability[];
  /** Whether every point stands in it, however many there are. */
  isWhole?: boolean;
}

/**
 * Returns what a person reads before she trusts a file; new points are marked. What reaches outside
 * stands last, and long lists are cut, so that nobody can push it off the screen.
 */
export function trustText(read: FiledConfig, { record, grown, isWhole = false }: Asked): string {
  const path = plainText(read.path, 1_000);
  const first =
    record === null
      ? `${path} has not been trusted on this machine. With it, Adjutant:`
      : `${path} may do more than you trusted it with. New points have a "+". With it, Adjutant:`;
  const { capabilities } = read;
  const server = serverOf(read);
  const lost = grown.filter(({ kind }) => kind === 'guard' && record !== null);
  const marked = record === null ? [] : grown;
  const listed = (isNear: boolean): string[] =>
    capabilityLines(
      capabilities.filter(({ kind }) => nearest.has(kind) === isNear),
      marked,
      { isWhole },
    );
  return [
    first,
    ...listed(false),
    ...(record === null && storeIsThere(read)
      ? [
          '',
          'There is a store already. Where it came with the folder, somebody else wrote what stands in it: figures, people, approvals. No approval, token, role or sign-in of it counts here, and its passkeys, rights and accounts only once you confirm them.',
        ]
      : []),
    ...(server === null
      ? []
      : [
          '',
          'The store is on a server: anyone who can write there can decide. Approvals in it count here only where you say so, apart from this.',
        ]),
    '',
    `Trust it only where you, or somebody whose programs you would run, wrote what lies in ${plainText(dirname(read.path), 1_000)}.`,
    '',
    ...(lost.length === 0
      ? []
      : ['Is no longer guarded by', ...pointLines(lost, marked, mostNearest, isWhole)]),
    ...listed(true),
    summaryLine(capabilities, marked),
  ].join('\n');
}

/** Returns what a person reads before a store on a server is adopted. */
export function adoptionText(server: string): string {
  return [
    `The store is on a server: ${plainText(server, 500)}. Anyone who can write there can decide.`,
    'If approvals in it count here, this machine carries out what was approved there, with your credentials.',
    'If not, everything is shown, and this machine carries nothing out. You can change that with: adjutant trust --adopt',
  ].join('\n');
}

/** Returns lines by kind, each with what it is about. */
export function capabilityLines(
  capabilities: readonly Capability[],
  grown: readonly Capability[] = [],
  { isWhole }: { isWhole: boolean } = { isWhole: true },
): string[] {
  return capabilityKinds.flatMap((kind) => {
    const found = capabilities.filter((each) => each.kind === kind);
    if (found.length === 0) return [];
    const most = nearest.has(kind) ? mostNearest : mostOthers;
    return [kindTitles[kind], ...pointLines(found, grown, most, isWhole)];
  });
}

/** New points first: they are what is asked about. */
function pointLines(
  points: readonly Capability[],
  grown: readonly Capability[],
  most: number,
  isWhole: boolean,
): string[] {
  const fresh = new Set(grown);
  const isNew = (each: Capability): boolean => fresh.has(each);
  const sorted = [...points.filter(isNew), ...points.filter((each) => !isNew(each))];
  const shown = isWhole ? sorted : sorted.slice(0, most);
  const rest = sorted.slice(shown.length);
  const more = rest.filter(isNew).length;
  return [
    ...shown.map((each) => `  ${isNew(each) ? '+' : ' '} ${pointText(each, isWhole)}`),
    ...(rest.length === 0
      ? []
      : [`  ${more > 0 ? '+' : ' '} and ${rest.length} more: adjutant trust --all`]),
  ];
}

function pointText({ what, to }: Capability, isWhole: boolean): string {
  const cut = (text: string): string => {
    const plain = plainText(text, longestPoint);
    if (isWhole || plain.length <= longestAsked) return plain;
    const left = plain.length - longestAsked;
    return `${plain.slice(0, headAsked)} (${left} characters: adjutant trust --all) ${plain.slice(headAsked - longestAsked)}`;
  };
  return to === undefined ? cut(what) : `${cut(what)} → ${cut(to)}`;
}

/** The last line before the question: how much there is in all, whatever was cut. */
function summaryLine(all: readonly Capability[], grown: readonly Capability[]): string {
  const count = (kind: CapabilityKind): string => {
    const total = all.filter((each) => each.kind === kind).length;
    const fresh = grown.filter((each) => each.kind === kind).length;
    return fresh === 0 ? `${total}` : `${total} (${fresh} new)`;
  };
  return `In all: hosts ${count('contact')}, credentials ${count('credential')}, changes outside ${count('change')}, other points ${all.filter(({ kind }) => !nearest.has(kind)).length}. Everything: adjutant trust --all`;
}
