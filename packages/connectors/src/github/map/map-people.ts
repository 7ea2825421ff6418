import type { DomainRows, Scope } from '@adjutant/core';
import { boundedText } from '../../commits/text.ts';
import type { GithubConfig } from '../config.ts';
import { AccountCollector } from './accounts.ts';
import type { MemberPayload, RepositoryPayload, TeamPayload } from './people-payload.ts';

const source = 'github';
const maxNameLength = 200;
type MapConfig = Pick<GithubConfig, 'baseUrl'>;

/** Returns the rows that a repository stands for. Pure. */
export function mapRepository(payload: RepositoryPayload, scope: Scope): DomainRows {
  return {
    repositories: [
      {
        source,
        externalId: scope.externalId,
        name: boundedText(payload.name, maxNameLength),
        fullName: boundedText(payload.fullName, maxNameLength),
        url: payload.url ?? null,
        defaultBranch: payload.defaultBranch ?? null,
        mergeStyle: payload.mergeStyle ?? null,
      },
    ],
    repositoryOwners: (payload.owners ?? []).flatMap(({ position, pattern, owners }) =>
      owners.map((owner) => ({
        source,
        repositoryExternalId: scope.externalId,
        position,
        pattern,
        owner,
      })),
    ),
  };
}

/** Returns the rows that a member of the organization stands for. Pure. */
export function mapMember(payload: MemberPayload, _scope: Scope, config: MapConfig): DomainRows {
  const accounts = new AccountCollector(config);
  const id = accounts.of(payload.account);
  const rows = accounts.rows();
  const [email = null, ...emails] = [
    ...new Set((payload.verifiedEmails ?? []).map((verified) => verified.toLowerCase())),
  ];
  return {
    ...rows,
    accounts: [
      ...(rows.accounts ?? []).map((account) =>
        email === null ? account : { ...account, email, emailVerified: true },
      ),
      // An account has one address; the others are accounts that lead to it.
      ...emails.map((further) => ({
        source,
        externalId: verifiedId(further),
        login: null,
        name: null,
        email: boundedText(further, 320),
        emailVerified: true,
        vendorId: null,
        kind: 'human' as const,
        isBot: false,
      })),
    ],
    ...(emails.length === 0
      ? {}
      : {
          identityMappings: emails.map((further) => ({
            source,
            fromExternalId: verifiedId(further),
            toExternalId: id,
            displayName: null,
            method: 'explicit_mapping' as const,
          })),
        }),
  };
}

/** Commits name the same address without anybody vouching for it: that is another account's row. */
function verifiedId(email: string): string {
  return `verified:${boundedText(email, 320)}`;
}

/** Returns the rows that a team stands for. Pure. */
export function mapTeam(payload: TeamPayload, _scope: Scope, config: MapConfig): DomainRows {
  const accounts = new AccountCollector(config);
  const externalId = `team:${payload.id}`;
  const members = (payload.members ?? []).map(({ account, role }) => ({
    source,
    groupExternalId: externalId,
    accountExternalId: accounts.of(account),
    role: role?.toLowerCase() ?? null,
  }));
  return {
    ...accounts.rows(),
    accountGroups: [
      {
        source,
        externalId,
        name: boundedText(payload.name, maxNameLength),
        slug: boundedText(payload.slug, maxNameLength),
        parentExternalId: typeof payload.parentId === 'string' ? `team:${payload.parentId}` : null,
      },
    ],
    accountGroupMembers: members,
  };
}
