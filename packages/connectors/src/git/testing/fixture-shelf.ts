import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import type { GitConfig } from '../config.ts';
import { createGitFixture, type FixtureDescription, type GitFixture } from './git-fixture.ts';
import { gapCodes, rowsOf, syncIntoMemory } from './memory-sync.ts';

/** Makes repositories and folders for a test, and clears them away together. */
export interface FixtureShelf {
  fixtureOf: (description: FixtureDescription) => Promise<GitFixture>;
  temporaryFolder: () => Promise<string>;
  clear: () => Promise<void>;
}

export function createFixtureShelf(): FixtureShelf {
  const folders: string[] = [];
  return {
    async fixtureOf(description) {
      const fixture = await createGitFixture(description);
      folders.push(fixture.directory);
      return fixture;
    },
    async temporaryFolder() {
      const folder = await mkdtemp(join(tmpdir(), 'adjutant-connector-'));
      folders.push(folder);
      return folder;
    },
    async clear() {
      for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Reads a repository once and returns what a store would hold. */
export async function readAll(path: string, more: Partial<GitConfig> = {}) {
  const config: GitConfig = { repositories: [path], ...more };
  const { memory } = await syncIntoMemory(config);
  return { rows: rowsOf(memory, config), gaps: gapCodes(memory), scope: memory.scope };
}

/** Returns the error of our own that a promise ends with. */
export async function failureOf(promise: Promise<unknown>): Promise<AdjutantError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!AdjutantError.isInstance(error)) throw new Error(`Not our error: ${String(error)}`);
  return error;
}
