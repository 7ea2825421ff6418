import { replaceHidden } from '@adjutant/core/ports';
import { AdjutantError } from '@adjutant/core/ports';
import type { AskingContext } from '@adjutant/connectors/github';
import type { CommandContext } from '../command-context.ts';
import { debugLogger } from '../debug-logger.ts';
import { redact } from '../known-secrets.ts';
import type { Choice, Prompts } from '../prompts.ts';

export interface Listing {
  /** What people call the vendor. */
  title: string;
  /** What is listed: `repositories`. */
  what: string;
  /** Where the token is sent; asked before anything is. */
  question: string;
  /** Asks the vendor. */
  list: (asking: AskingContext) => Promise<{ choices: Choice<string>[]; isWhole: boolean }>;
  initial: readonly string[];
  /** How many the configuration may name. */
  most: number;
}

/**
 * What came of it: what was chosen, `unlisted` where the vendor did not list anything, `skipped`, or
 * `cancelled`.
 */
export type Listed = { chosen: string[] } | 'unlisted' | 'skipped' | 'cancelled';

/** Lets a person choose from what a vendor lists, after she agreed that it is asked. */
export async function askListed(
  prompts: Prompts,
  context: CommandContext,
  listing: Listing,
): Promise<Listed> {
  const { title, what, question, initial, most } = listing;
  const agrees = await prompts.confirm({ message: question, initial: true });
  if (agrees === null) return 'cancelled';
  if (!agrees) return 'skipped';
  const found = await listOrTell(prompts, context, listing);
  if (found === 'unlisted' || found === 'skipped') return found;
  const { choices, isWhole } = found;
  if (choices.length === 0) {
    prompts.note(`${title} shows this token no ${what}.`);
    return 'unlisted';
  }
  if (!isWhole) {
    prompts.note(
      `There are more ${what}; these are ${choices.length}. Others can be added to the file.`,
    );
  }
  // What is proposed comes first: nobody should have to look for it among hundreds.
  const ordered = choices.toSorted(
    (one, other) => Number(initial.includes(other.value)) - Number(initial.includes(one.value)),
  );
  const listed = new Set(choices.map(({ value }) => value));
  const chosen = await prompts.chooseSeveral({
    message: `Which ${what} are read? No other one is asked for`,
    choices: ordered,
    initial: initial.filter((value) => listed.has(value)),
  });
  if (chosen === null) return 'cancelled';
  if (chosen.length > most) prompts.note(`More than ${most} cannot be read: the first are taken.`);
  return { chosen: chosen.slice(0, most) };
}

async function listOrTell(
  prompts: Prompts,
  context: CommandContext,
  { title, what, list }: Listing,
): Promise<Awaited<ReturnType<Listing['list']>> | 'unlisted' | 'skipped'> {
  const { io, clock } = context;
  try {
    const logger = debugLogger(context);
    return await list({ clock, logger, fetch: globalThis.fetch, signal: io.signal });
  } catch (error) {
    io.signal.throwIfAborted();
    if (!AdjutantError.isInstance(error)) throw error;
    const { code, message, hint } = error;
    const told = code === 'Configuration' && hint !== undefined ? `${message} ${hint}` : message;
    prompts.note(redact(`${title} lists no ${what} now: ${oneLine(told)}`, context.secrets));
    // Nothing that is typed instead would be read with such a token or address either.
    return code === 'Configuration' ? 'skipped' : 'unlisted';
  }
}

/** Messages quote what servers say, which must not act in a terminal. */
function oneLine(text: string): string {
  return replaceHidden(text, () => ' ');
}

/** Returns what was typed, parted by commas, as far as it has the form that is wanted; tells of the rest. */
export function partedByCommas(
  prompts: Prompts,
  answer: string,
  isWanted: (text: string) => boolean,
): string[] {
  const parts = answer.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
  const others = parts.filter((part) => !isWanted(part));
  if (others.length > 0)
    prompts.note(`Left out, because it is written otherwise: ${others.join(', ')}`);
  return [...new Set(parts.filter(isWanted))];
}
