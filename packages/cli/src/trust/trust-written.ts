import { dirname, sep } from 'node:path';
import type { CommandContext } from '../command-context.ts';
import { anyUser, checkedFuturePath, futurePath, statIfThere } from '../config/checked-file.ts';
import { dataFolder } from '../config/data-folder.ts';
import { isNamedIn } from '../config/find-config.ts';
import { readConfig } from '../config/load-config.ts';
import { requireOwnDataFolder } from '../config/own-data-folder.ts';
import { type Capability, grownBy, lostGuards, storeIsThere } from './capabilities.ts';
import { storePlace } from './store-place.ts';
import { type TrustMemory, trustMemory } from './trust-memory.ts';

/**
 * Trusts what the given work writes into a configuration at a person's wish, and nothing else: neither
 * what stood there untrusted before, nor a policy, a rule or a store that lay beside it already.
 */
export function trustWritten<Result>(
  context: CommandContext,
  configPath: string,
  write: () => Result,
): Result {
  if (!isNamedIn(context.io.env, configPath)) {
    requireOwnDataFolder(context.io, checkedFuturePath(dirname(configPath), anyUser));
  }
  const place = { ...context, configPath };
  const before = readOrNull(place);
  const wasUnreadable = before === null && statIfThere(configPath) !== null;
  const memory = trustMemory(context.io);
  const known = before === null ? [] : trustedIn(memory, before.path);
  const untrusted = before === null ? [] : grownBy(before.capabilities, known);
  const hadStore = before !== null && storeIsThere(before);
  const result = write();
  const after = readOrNull(place);
  // What stood there could not be read; now it can, and was not shown to anybody.
  if (wasUnreadable || after === null || after.path === null) return result;
  const own = dataFolder(context.io) + sep;
  const isLed = storeIsLinked(after);
  const isForeign = ({ kind, what }: Capability): boolean =>
    kind === 'policy' ||
    kind === 'rule' ||
    ((kind === 'store' || kind === 'write') && isLed && !what.startsWith(own)) ||
    (kind === 'store' && (hadStore || storeIsThere(after)) && !what.startsWith(own));
  const written = grownBy(after.capabilities, untrusted).filter((each) => !isForeign(each));
  const kept = after.capabilities.filter((each) => grownBy([each], known).length === 0);
  // One that somebody else took away before is still asked about.
  const lost = before === null ? [] : lostGuards(before.capabilities, known);
  const trusted = [...kept, ...lost, ...grownBy(written, kept)];
  memory.save(after.path, trusted, context.clock.now());
  return result;
}

/** A link below the folder leads the store elsewhere than the file says. */
function storeIsLinked({ config, folder }: NonNullable<ReturnType<typeof readOrNull>>): boolean {
  const { path } = storePlace(config.store, folder);
  return path !== null && futurePath(path) !== path;
}

/** What cannot be read was not trusted either. */
function readOrNull(context: CommandContext): ReturnType<typeof readConfig> | null {
  try {
    return readConfig(context);
  } catch {
    return null;
  }
}

function trustedIn(memory: TrustMemory, path: string | null): readonly Capability[] {
  return path === null ? [] : (memory.load(path)?.capabilities ?? []);
}
