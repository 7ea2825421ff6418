import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where code hosts look for the file, in their order. */
const places = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];
const largestFileBytes = 3_000_000;
const teamOwner = /^@[A-Za-z0-9][\w.-]*(?:\/[\w.-]+)+$/;
const mostTeams = 50;

/** A team that a CODEOWNERS file names. */
export interface OwningTeam {
  /** `@org/team`, as written. */
  owner: string;
  key: string;
  name: string;
  paths: string[];
  /** Whether it owns whatever no other line names. */
  isDefault: boolean;
}

/** Returns the CODEOWNERS file of a folder; null where there is none. */
export function readCodeowners(folder: string): string | null {
  for (const place of places) {
    const path = join(folder, place);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isFile() === true && found.size <= largestFileBytes)
      return readFileSync(path, 'utf8');
  }
  return null;
}

/** Returns the teams among the owners, each with its paths; single people and addresses are left out. */
export function owningTeams(text: string): OwningTeam[] {
  const teams = new Map<string, OwningTeam>();
  let defaultOwners: readonly string[] = [];
  for (const { pattern, owners } of rules(text)) {
    // The last line that matches decides, so a later "*" takes the place of an earlier one.
    if (pattern === '*') defaultOwners = owners;
    for (const owner of owners) {
      if (!teamOwner.test(owner)) continue;
      const team = teams.get(owner) ?? { owner, ...naming(owner), paths: [], isDefault: false };
      team.paths.push(pattern);
      teams.set(owner, team);
    }
  }
  const defaultOwner = defaultOwners.find((owner) => teams.has(owner));
  const found = [...teams.values()].slice(0, mostTeams);
  return withDistinctKeys(
    found.map((team) => ({ ...team, isDefault: team.owner === defaultOwner })),
  );
}

function rules(text: string): { pattern: string; owners: string[] }[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const content = line.replace(/(^|\s)#.*$/, '').trim();
    // A heading of a GitLab section, which may carry owners of its own but no path.
    if (content === '' || /^\^?\[/.test(content)) return [];
    const [pattern = '', ...owners] = content.split(/(?<!\\)\s+/);
    return [{ pattern: pattern.slice(0, 200), owners }];
  });
}

function naming(owner: string): { key: string; name: string } {
  const key = (owner.split('/').at(-1) ?? owner).toLowerCase();
  const words = key.replace(/[-_.]+/g, ' ').trim();
  return { key, name: words.charAt(0).toUpperCase() + words.slice(1) };
}

/** Two organisations may each have a team of the same name. */
function withDistinctKeys(teams: readonly OwningTeam[]): OwningTeam[] {
  return teams.map((team) => {
    const isAlone = teams.every((other) => other === team || other.key !== team.key);
    if (isAlone) return team;
    return { ...team, key: team.owner.slice(1).replaceAll('/', '-').toLowerCase() };
  });
}
