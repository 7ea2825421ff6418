import { writeFileSync } from 'node:fs';
import { readConfigDocument } from '../setup/edit-config.ts';

/** Writes two teams into a demo's configuration: one with the first repositories, one with the rest. */
export function addDemoTeams(configPath: string, repositories: readonly string[]): void {
  const names = repositories.map((name) => name.slice(name.indexOf('/') + 1));
  const half = Math.ceil(names.length / 2);
  const document = readConfigDocument(configPath);
  document.set('teams', [
    { key: 'buying', name: 'Buying', repositories: names.slice(0, half) },
    { key: 'foundations', name: 'Foundations', repositories: names.slice(half) },
  ]);
  writeFileSync(configPath, document.toString());
}
