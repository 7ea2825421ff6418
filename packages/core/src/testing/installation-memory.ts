import type { InstallationMemory, RememberedHead } from '../installation/installation-memory.ts';

/** A memory of an installation that ends with the test. */
export interface TestInstallationMemory extends InstallationMemory {
  /** Returns a memory that knows what this one knows now. */
  copy(): TestInstallationMemory;
  /** The number of the newest entry that is remembered. */
  farthest(): number;
}

/** Returns a memory that knows no store, or what another one knew. */
export function createInstallationMemory(
  options: { adopts?: boolean; known?: ReadonlyMap<string, RememberedHead> } = {},
): TestInstallationMemory {
  const known = new Map(options.known);
  return {
    load: async (chain) => known.get(chain) ?? null,
    async save(chain, head, { isNewCourse }) {
      if (!isNewCourse && (known.get(chain)?.seq ?? 0) >= head.seq) return;
      known.set(chain, head);
    },
    adopts: () => options.adopts ?? false,
    copy: () => createInstallationMemory({ ...options, known }),
    farthest: () => Math.max(0, ...[...known.values()].map(({ seq }) => seq)),
  };
}
