import { AdjutantError } from '@adjutant/core/ports';
import { plainText } from '@adjutant/insights';
import type { CommandContext } from '../command-context.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import { programNames } from '../program-name.ts';
import { isStoreTaken } from './adopted-store.ts';
import { type Capability, growthOf } from './capabilities.ts';
import { serverOf } from './store-place.ts';
import { trustMemory, type TrustRecord } from './trust-memory.ts';
import { adoptionText, trustText } from './trust-text.ts';

/** A configuration that lies in a file. */
export type FiledConfig = LoadedConfig & { path: string };

/**
 * Asks once, at a terminal, whether a configuration may do what it says; again only where that has
 * grown. @throws AdjutantError `NotTrusted` where nobody has agreed, and nobody can be asked
 */
export async function requireTrust(
  context: CommandContext,
  read: FiledConfig,
  { ask }: { ask: boolean },
): Promise<void> {
  if (read.isNamed) return;
  const memory = trustMemory(context.io);
  const record = memory.load(read.path);
  const grown = growthOf(read.capabilities, record?.capabilities ?? []);
  if (record !== null && grown.length === 0) return;
  const { io, output } = context;
  if (!ask || !io.isInteractive || output.isJson) throw notTrusted(context, read, record);
  const prompts = await io.prompts();
  prompts.show(trustText(read, { record, grown }));
  const isTrusted = await prompts.confirm({ message: 'Do you trust this file?', initial: false });
  if (isTrusted !== true) throw notTrusted(context, read, record);
  remember(context, read, { adopts: await asksToAdopt(context, read) });
}

/**
 * Asks by itself whether what was decided in a store on a server counts here: to read a team's store is
 * one thing, to carry out what it says was approved another. False for a file, and where it counts already.
 */
export async function asksToAdopt(context: CommandContext, read: FiledConfig): Promise<boolean> {
  const server = serverOf(read);
  if (server === null || isStoreTaken(context.io, read)) return false;
  const prompts = await context.io.prompts();
  prompts.show(adoptionText(server));
  const message = `Do approvals in ${plainText(server, 500)} count here?`;
  return (await prompts.confirm({ message, initial: false })) === true;
}

/** Keeps what a person has just agreed to. What was trusted before and is gone is forgotten. */
export function remember(
  { io, clock }: CommandContext,
  read: FiledConfig,
  { adopts = false }: { adopts?: boolean } = {},
): void {
  const adopted = adopts ? (serverOf(read) ?? undefined) : undefined;
  trustMemory(io).save(read.path, read.capabilities, clock.now(), adopted);
}

/** Returns the error of a configuration that nobody has trusted, or that may do more than was trusted. */
export function notTrusted(
  { io }: CommandContext,
  { path, capabilities }: FiledConfig,
  record: TrustRecord | null,
): AdjutantError {
  const { adjutant } = programNames(io);
  const grown = countOf(growthOf(capabilities, record?.capabilities ?? []));
  const problem =
    record === null
      ? 'has not been trusted on this machine'
      : `may do more than you trusted it with (${grown})`;
  return new AdjutantError(
    'NotTrusted',
    `${path} ${problem}, so nothing was read, sent or changed.`,
    {
      hint: `See what it may do, and decide: ${adjutant} trust ${quoted(path)}`,
    },
  );
}

function countOf(grown: readonly Capability[]): string {
  return grown.length === 1 ? '1 new point' : `${grown.length} new points`;
}

/** Returns a path as a shell takes it for one word. */
export function quoted(path: string): string {
  return /^[\w./:@%+=-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
