import type { AccountKind, IdentityMethod, Person, TeamDecision } from '../../domain.ts';
import type { ColumnKit } from '../column-kit.ts';

/** Tenants, teams, people and their accounts. */
export function peopleTables(kit: ColumnKit) {
  const { table, text, integer, real, instant, flag, json, index, unique, primaryKey } = kit;
  return {
    workspaces: table('workspaces', {
      id: text().primaryKey(),
      name: text().notNull(),
      createdAt: instant().notNull(),
      /** Set while a workspace is being deleted: only then may its ledger rows go. */
      deletingAt: instant(),
    }),
    teams: table(
      'teams',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        key: text().notNull(),
        name: text().notNull(),
        parentTeamId: text(),
        origin: text().notNull(),
      },
      (t) => [unique('teams_key').on(t.workspaceId, t.key)],
    ),
    people: table(
      'people',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        displayName: text().notNull(),
        role: text().$type<Person['role']>().notNull(),
        mergedIntoPersonId: text(),
        /** Set once somebody was erased: nothing gives them a name again. */
        erasedAt: instant(),
      },
      (t) => [index('people_workspace').on(t.workspaceId, t.displayName)],
    ),
    /** By what an erased person is known again, as salted digests, so that no source brings them back. */
    erasureMarks: table(
      'erasure_marks',
      {
        workspaceId: text().notNull(),
        /** An account of a source, a word or address anywhere, or a whole value that names somebody. */
        kind: text().$type<'account' | 'text' | 'value'>().notNull(),
        digest: text().notNull(),
        personId: text().notNull(),
        /** What stands in its place. */
        standIn: text().notNull(),
        /** How many words it has, so that texts are looked through once. */
        wordCount: integer().notNull(),
        /** The same in all marks of a workspace. */
        salt: text().notNull(),
        erasedAt: instant().notNull(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.kind, t.digest] })],
    ),
    memberships: table(
      'memberships',
      {
        workspaceId: text().notNull(),
        personId: text().notNull(),
        teamId: text().notNull(),
        fromDay: text(),
        toDay: text(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.personId, t.teamId] })],
    ),
    accounts: table(
      'accounts',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        source: text().notNull(),
        externalId: text().notNull(),
        login: text(),
        name: text(),
        email: text(),
        emailVerified: flag().notNull(),
        vendorId: text(),
        timeZone: text(),
        kind: text().$type<AccountKind>().notNull(),
        isBot: flag().notNull(),
      },
      (t) => [
        unique('accounts_key').on(t.workspaceId, t.source, t.externalId),
        index('accounts_vendor').on(t.workspaceId, t.vendorId),
      ],
    ),
    accountGroups: table(
      'account_groups',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        source: text().notNull(),
        externalId: text().notNull(),
        name: text().notNull(),
        slug: text().notNull(),
        parentExternalId: text(),
      },
      (t) => [unique('account_groups_key').on(t.workspaceId, t.source, t.externalId)],
    ),
    accountGroupMembers: table(
      'account_group_members',
      {
        workspaceId: text().notNull(),
        source: text().notNull(),
        groupExternalId: text().notNull(),
        accountExternalId: text().notNull(),
        role: text(),
      },
      (t) => [
        primaryKey({
          columns: [t.workspaceId, t.source, t.groupExternalId, t.accountExternalId],
        }),
      ],
    ),
    personAccounts: table(
      'person_accounts',
      {
        workspaceId: text().notNull(),
        personId: text().notNull(),
        accountSource: text().notNull(),
        accountExternalId: text().notNull(),
        method: text().$type<IdentityMethod>().notNull(),
        confidence: real().notNull(),
        confirmedBy: text(),
      },
      (t) => [
        primaryKey({ columns: [t.workspaceId, t.accountSource, t.accountExternalId] }),
        index('person_accounts_person').on(t.workspaceId, t.personId),
      ],
    ),
    identityMappings: table(
      'identity_mappings',
      {
        workspaceId: text().notNull(),
        source: text().notNull(),
        fromExternalId: text().notNull(),
        toExternalId: text().notNull(),
        displayName: text(),
        method: text().notNull(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.source, t.fromExternalId] })],
    ),
    identityChanges: table(
      'identity_changes',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        kind: text().$type<'merge' | 'split' | 'bot'>().notNull(),
        fromPersonId: text().notNull(),
        toPersonId: text().notNull(),
        accounts: json<[string, string][]>().notNull(),
        /** The links as they were, so that undoing restores method and confirmation too. */
        previousLinks: json<unknown[]>().notNull(),
        actor: text().notNull(),
        at: instant().notNull(),
        undoneAt: instant(),
      },
      (t) => [index('identity_changes_at').on(t.workspaceId, t.at)],
    ),
    /** Which team a group of a source became. */
    teamGroups: table(
      'team_groups',
      {
        workspaceId: text().notNull(),
        source: text().notNull(),
        groupExternalId: text().notNull(),
        teamId: text().notNull(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.source, t.groupExternalId] })],
    ),
    teamDecisions: table(
      'team_decisions',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        proposalId: text().notNull(),
        decision: text().$type<TeamDecision['decision']>().notNull(),
        subject: text().notNull(),
        /** What it changed, so that undoing changes exactly that back. */
        effects: json<unknown[]>().notNull(),
        actor: text().notNull(),
        at: instant().notNull(),
        undoneAt: instant(),
      },
      (t) => [index('team_decisions_proposal').on(t.workspaceId, t.proposalId)],
    ),
    /** Projects. The name `projects` belongs to the view for other people's SQL. */
    projectDefinitions: table(
      'project_definitions',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        key: text().notNull(),
        name: text().notNull(),
        createdAt: instant().notNull(),
        updatedAt: instant().notNull(),
      },
      (t) => [unique('project_definitions_key').on(t.workspaceId, t.key)],
    ),
    projectParts: table(
      'project_parts',
      {
        workspaceId: text().notNull(),
        projectId: text().notNull(),
        kind: text().$type<'repository' | 'board' | 'service'>().notNull(),
        /** Empty for a service, which is ours and has a key. */
        source: text().notNull(),
        externalId: text().notNull(),
      },
      (t) => [
        primaryKey({ columns: [t.workspaceId, t.projectId, t.kind, t.source, t.externalId] }),
      ],
    ),
    services: table(
      'services',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        key: text().notNull(),
        name: text().notNull(),
        ownerTeamId: text(),
      },
      (t) => [unique('services_key').on(t.workspaceId, t.key)],
    ),
    serviceRepositories: table(
      'service_repositories',
      {
        workspaceId: text().notNull(),
        serviceId: text().notNull(),
        source: text().notNull(),
        repositoryExternalId: text().notNull(),
        pathFilter: text(),
      },
      (t) => [
        primaryKey({ columns: [t.workspaceId, t.serviceId, t.source, t.repositoryExternalId] }),
      ],
    ),
  };
}
