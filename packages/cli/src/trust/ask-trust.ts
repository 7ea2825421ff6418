import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import { plainText } from '@adjutant/insights';
import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { readConfig } from '../config/load-config.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { nothingConfigured } from '../nothing-configured.ts';
import { isStoreTaken } from './adopted-store.ts';
import { growthOf } from './capabilities.ts';
import { asksToAdopt, type FiledConfig, quoted, remember } from './require-trust.ts';
import { serverOf } from './store-place.ts';
import { trustDigest } from './trust-digest.ts';
import { trustMemory } from './trust-memory.ts';
import { adoptionText, trustText } from './trust-text.ts';

/** What `adjutant trust` takes. */
export const trustInputSchema = z.object({
  path: z.string().min(1).max(4_000).optional(),
  digest: z.string().min(1).max(200).optional(),
  adopt: z.boolean().default(false),
  all: z.boolean().default(false),
});

/** What was asked of `adjutant trust`. */
type TrustInput = z.infer<typeof trustInputSchema>;

/** Says what a configuration may do, and asks a person, or takes a digest, whether it may. */
export async function askTrust(
  context: CommandContext,
  { path, digest, adopt, all }: TrustInput,
): Promise<ExitCode> {
  const { output, io } = context;
  const read = configAt(context, path);
  const record = trustMemory(io).load(read.path);
  const grown = growthOf(read.capabilities, record?.capabilities ?? []);
  const hasGrown = record === null || grown.length > 0;
  const server = serverOf(read);
  const adopts = adopt && !isStoreTaken(io, read);
  if (adopt && server === null) throw nothingToAdopt(read);
  const found = {
    path: read.path,
    digest: trustDigest(read.path, read.capabilities),
    capabilities: read.capabilities,
    grown,
    server,
  };
  const answer = (trusted: boolean, text: string): ExitCode => {
    const adopted = server === null ? null : isStoreTaken(io, read);
    output.answer({ ...found, trusted, adopted }, () => text);
    return trusted ? exitCodes.ok : exitCodes.untrusted;
  };
  const shown = { record, grown, isWhole: all };
  if (digest !== undefined) {
    if (digest !== found.digest) throw otherDigest(read);
    remember(context, read, { adopts });
    return answer(true, `${read.path} is trusted on this machine now.`);
  }
  if (!hasGrown && !adopts) {
    return answer(true, all ? trustText(read, shown) : `${read.path} is trusted already.`);
  }
  if (!io.isInteractive || output.isJson) {
    const asked = [
      ...(hasGrown ? [trustText(read, shown)] : []),
      ...(server === null ? [] : ['', adoptionText(server)]),
      '',
      `Nothing was trusted: no terminal is attached. Ask at one: adjutant trust ${quoted(read.path)}`,
      `In a script, once you have read this: adjutant trust ${quoted(read.path)}${adopts ? ' --adopt' : ''} --digest ${found.digest}`,
    ];
    return answer(false, asked.join('\n'));
  }
  const prompts = await io.prompts();
  if (hasGrown) {
    prompts.show(trustText(read, shown));
    const message = 'Do you trust this file?';
    if ((await prompts.confirm({ message, initial: false })) !== true) {
      return answer(false, 'Nothing was trusted.');
    }
  }
  remember(context, read, { adopts: await asksToAdopt(context, read) });
  return answer(true, `${read.path} is trusted on this machine now.`);
}

function otherDigest({ path }: FiledConfig): AdjutantError {
  return new AdjutantError(
    'NotTrusted',
    `${plainText(path, 1_000)} does not have this digest, so nothing was trusted.`,
    { hint: `It may have changed. Read what it may do now: adjutant trust ${quoted(path)}` },
  );
}

function nothingToAdopt({ path }: FiledConfig): AdjutantError {
  return new AdjutantError(
    'InvalidInput',
    `The store of ${plainText(path, 1_000)} is a file, so there is no server to adopt.`,
    { hint: 'Passkeys and rights in a file are confirmed with: adjutant approvers confirm' },
  );
}

/** Returns the configuration of a file, of a folder or above it, or the nearest one. */
function configAt(context: CommandContext, path: string | undefined): FiledConfig {
  const { cwd } = context.io;
  const named = path === undefined ? undefined : resolve(cwd, path);
  const isFolder =
    named !== undefined && (statSync(named, { throwIfNoEntry: false })?.isDirectory() ?? false);
  const place = isFolder
    ? { ...context, configPath: undefined, io: { ...context.io, cwd: named } }
    : { ...context, configPath: named ?? context.configPath };
  const read = readConfig(place);
  if (read.path === null) throw nothingConfigured(null);
  return { ...read, path: read.path };
}
