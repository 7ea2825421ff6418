import {
  createGithubData,
  createJiraData,
  createPagerdutyData,
  createSlackData,
  type GithubData,
  type JiraData,
  type PagerdutyData,
  type SlackData,
} from '@adjutant/connectors/testing';
import type { WorkspaceHandle } from '@adjutant/core';
import { createDice, type Dice } from './dice.ts';
import type { Expected, Label } from './label.ts';
import { dayMs, weekMs } from './working-time.ts';

/** A Monday. */
const firstDay = Date.parse('2026-06-01T00:00:00Z');
/** What happened before anybody looked. */
const historyWeeks = 8;

/** Something that goes wrong at a vendor, or is put right. */
export interface Outages {
  pagerduty: boolean;
  /** The service that texts are found with. */
  index: boolean;
}

/** Three months of an organisation, planted as what its vendors would show of it at each instant. */
export interface World {
  seed: number;
  dice: Dice;
  /** When the first reading is. */
  from: number;
  to: number;
  /** When the oldest thing happened. */
  begins: number;
  github: GithubData;
  jira: JiraData;
  slack: SlackData;
  pagerduty: PagerdutyData;
  outages: Outages;
  /** What people do with the product itself. */
  deeds: Deed[];
  labels: Label[];
  /** Plants something that happens at an instant; what happens after the end never does. */
  at(instant: number, happens: () => void): void;
  /** Plants something that somebody does with the product itself. */
  deed(at: number, act: Deed['act']): void;
  /** Notes what is true of a subject. The answer takes its key once it has one. */
  firing(rule: string, expected: Expected, key?: string): Label;
  lookAlike(
    rule: string,
    expected: Pick<Expected, 'what'> & Partial<Expected>,
    key?: string,
  ): Label;
  either(rule: string, expected: Pick<Expected, 'what'> & Partial<Expected>, key?: string): Label;
  /** Lets everything happen up to an instant. */
  goOnTo(instant: number): void;
}

/** Something that somebody does with the product at an instant. */
export interface Deed {
  at: number;
  act: (workspace: WorkspaceHandle) => Promise<void>;
}

interface Planted {
  at: number;
  order: number;
  happens: () => void;
}

export function createWorld(seed: number, days: number): World {
  const from = firstDay;
  const to = from + days * dayMs;
  const planted: Planted[] = [];
  let isSorted = false;
  let count = 0;
  let done = Number.NEGATIVE_INFINITY;
  const labels: Label[] = [];
  const noted = (label: Label): Label => {
    labels.push(label);
    return label;
  };
  const whole = { mayFrom: from, mustBy: to, until: to };
  return {
    seed,
    dice: createDice(seed),
    from,
    to,
    begins: from - historyWeeks * weekMs,
    github: createGithubData(),
    jira: createJiraData(),
    slack: createSlackData(),
    pagerduty: createPagerdutyData(),
    outages: { pagerduty: false, index: false },
    deeds: [],
    deed(at, act) {
      if (at < to) this.deeds.push({ at: Math.floor(at), act });
    },
    labels,
    at(instant, happens) {
      const next = { at: Math.max(instant, done), order: (count += 1), happens };
      if (isSorted) planted.splice(placeOf(planted, next), 0, next);
      else planted.push(next);
    },
    firing: (rule, expected, key = '') => noted({ rule, key, kind: 'firing', ...expected }),
    lookAlike: (rule, expected, key = '') =>
      noted({ rule, key, kind: 'lookAlike', ...whole, ...expected }),
    either: (rule, expected, key = '') =>
      noted({ rule, key, kind: 'either', ...whole, ...expected }),
    goOnTo(instant) {
      if (!isSorted) planted.sort(laterFirst);
      isSorted = true;
      for (;;) {
        const next = planted.at(-1);
        if (next === undefined || next.at > instant) break;
        planted.pop();
        done = next.at;
        next.happens();
      }
      done = instant;
    },
  };
}

function laterFirst(one: Planted, other: Planted): number {
  return other.at - one.at || other.order - one.order;
}

/** Where one belongs among those that are in order. */
function placeOf(planted: readonly Planted[], next: Planted): number {
  let low = 0;
  let high = planted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = planted[middle];
    if (there !== undefined && laterFirst(there, next) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
