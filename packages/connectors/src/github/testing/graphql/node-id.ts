import type {
  TwinActor,
  TwinCommit,
  TwinDeployment,
  TwinIssue,
  TwinOrganization,
  TwinPullRequest,
  TwinRelease,
  TwinRepository,
  TwinTeam,
} from '../data/records.ts';
import type { GithubData } from '../data/github-data.ts';

/** What `node(id)` finds. */
export type TwinNode =
  | TwinActor
  | TwinCommit
  | TwinDeployment
  | TwinIssue
  | TwinOrganization
  | TwinPullRequest
  | TwinRelease
  | TwinRepository
  | TwinTeam;

const prefixes = {
  Bot: 'BOT',
  Commit: 'C',
  Deployment: 'DE',
  Issue: 'I',
  Mannequin: 'M',
  Organization: 'O',
  PullRequest: 'PR',
  Release: 'RE',
  Repository: 'R',
  Team: 'T',
  User: 'U',
} satisfies Record<TwinNode['type'], string>;

/** Returns the opaque id of any row: a prefix for people, and an encoded key. */
export function opaqueId(type: string, ...key: (number | string)[]): string {
  const prefix = Object.entries(prefixes).find(([name]) => name === type)?.[1];
  const encoded = Buffer.from([type, ...key].join(' ')).toString('base64url');
  return `${prefix ?? type.replaceAll(/[a-z]/g, '')}_${encoded}`;
}

export function nodeId(node: TwinNode): string {
  switch (node.type) {
    case 'PullRequest':
    case 'Issue':
      return opaqueId(node.type, node.repository.id, node.number);
    case 'Commit':
      return opaqueId(node.type, node.repository.id, node.oid);
    case 'Deployment':
    case 'Release':
      return opaqueId(node.type, node.repository.id, node.id);
    case 'Team':
      return opaqueId(node.type, node.organization.id, node.id);
    case 'Bot':
    case 'Mannequin':
    case 'Organization':
    case 'Repository':
    case 'User':
      return opaqueId(node.type, node.id);
    default:
      throw new TypeError('This row has no id of its own.');
  }
}

function findIn(data: GithubData, type: string, key: readonly string[]): TwinNode | undefined {
  const [first = '', second = ''] = key;
  const repository = data.repositories.find(
    ({ id, isAccessible }) => isAccessible && String(id) === first,
  );
  switch (type) {
    case 'Repository':
      return repository;
    case 'PullRequest':
      return repository?.pullRequests.get(Number(second));
    case 'Issue':
      return repository?.issues.get(Number(second));
    case 'Commit':
      return repository?.commits.get(second);
    case 'Deployment':
      return repository?.deployments.find(({ id }) => String(id) === second);
    case 'Release':
      return repository?.releases.find(({ id }) => String(id) === second);
    case 'Organization':
      return data.organizations.find(({ id }) => String(id) === first);
    case 'Team':
      return data.organizations
        .find(({ id }) => String(id) === first)
        ?.teams.find(({ id }) => String(id) === second);
    default:
      return data.actors.find((actor) => actor.type === type && String(actor.id) === first);
  }
}

/** Returns what an id names, or null where it names nothing (any more). */
export function findNode(data: GithubData, id: string): TwinNode | null {
  const encoded = id.slice(id.indexOf('_') + 1);
  const [type = '', ...key] = Buffer.from(encoded, 'base64url').toString().split(' ');
  const found = findIn(data, type, key);
  return found !== undefined && nodeId(found) === id ? found : null;
}
