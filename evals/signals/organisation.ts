import type { TwinActor, TwinRepository, TwinUser } from '@adjutant/connectors/testing';
import type { World } from './world.ts';

type JiraUser = ReturnType<World['jira']['addUser']>;
type PagerUser = ReturnType<World['pagerduty']['addUser']>;
type Workflow = ReturnType<World['github']['addWorkflow']>;

/** Somebody who works there, in each of the sources. */
export interface Person {
  name: string;
  github: TwinActor;
  jira: JiraUser;
  slack: TwinUser;
  pager: PagerUser;
}

export interface CodePlace {
  repository: TwinRepository;
  team: Person[];
  ci: Workflow;
  /** Pull requests a week. */
  perWeek: number;
  /** How a build goes at present; planted episodes change it. */
  isMainRed: boolean;
  buildMinutes: number;
}

export interface Organisation {
  people: Person[];
  dependabot: TwinActor;
  actions: TwinActor;
  places: Record<PlaceName, CodePlace>;
  channels: ReturnType<World['slack']['addChannel']>[];
  /** The teams as the configuration names them. */
  teams: { key: string; name: string; repositories: string[] }[];
}

const placePlan = {
  checkout: { team: 0, perWeek: 11 },
  ledger: { team: 0, perWeek: 7 },
  portal: { team: 1, perWeek: 10 },
  mobile: { team: 1, perWeek: 9 },
  'billing-export': { team: 2, perWeek: 4 },
  platform: { team: 2, perWeek: 6 },
} as const;
export type PlaceName = keyof typeof placePlan;

const names = [
  ['Alma Reed', 'Bruno Falk', 'Carla Voss', 'Dario Lund', 'Edda Moor', 'Finn Oster'],
  ['Gesa Hart', 'Hugo Brandt', 'Ines Koll', 'Jonas Weil', 'Kira Sand', 'Lars Holm'],
  ['Mila Thorn', 'Nils Berg', 'Olga Stein', 'Pavel Rook', 'Romy Feld'],
];

/** Plants who is there and where they work. */
export function foundOrganisation(world: World): Organisation {
  const { github } = world;
  const acme = github.addOrganization('acme', 'Acme');
  const teams = names.map((team) => team.map((name) => hire(world, acme, name)));
  const places = Object.fromEntries(
    Object.entries(placePlan).map(([name, plan]) => {
      const repository = github.addRepository(acme, { name, createdAt: world.begins });
      const first = github.addCommit(repository, { at: world.begins, message: 'Begin' });
      repository.headOid = first.oid;
      const ci = github.addWorkflow(repository, { name: 'CI', path: '.github/workflows/ci.yml' });
      const team = teams[plan.team] ?? [];
      const { perWeek } = plan;
      return [name, { repository, team, ci, perWeek, isMainRed: false, buildMinutes: 9 }];
    }),
  ) as Record<PlaceName, CodePlace>;
  world.jira.addUser({
    ...{ displayName: 'Automation for Jira', accountType: 'app', showsEmail: false },
  });
  const channels = ['payments', 'platform-help'].map((name, position) =>
    world.slack.addChannel({ id: `C0CHANNEL${position}`, name }),
  );
  return {
    people: teams.flat(),
    dependabot: github.addActor({ type: 'Bot', id: 49_699_333, login: 'dependabot' }),
    actions: github.addActor({ type: 'Bot', id: 41_898_282, login: 'github-actions' }),
    places,
    channels,
    teams: [
      { key: 'payments', name: 'Payments', repositories: ['checkout', 'ledger'] },
      { key: 'web', name: 'Web', repositories: ['portal', 'mobile'] },
      { key: 'platform', name: 'Platform', repositories: ['billing-export', 'platform'] },
    ],
  };
}

function hire(
  { github, jira, slack, pagerduty }: World,
  acme: Parameters<World['github']['addMember']>[0],
  name: string,
): Person {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.com`;
  const login = name.toLowerCase().replaceAll(' ', '-');
  const actor = github.addActor({ login, name, verifiedEmails: [email] });
  github.addMember(acme, actor);
  const id = `U0${name.toUpperCase().replaceAll(/\W/g, '')}`;
  return {
    name,
    github: actor,
    jira: jira.addUser({ displayName: name }),
    slack: slack.addUser({ id, name: login, realName: name, email, isEmailConfirmed: true }),
    pager: pagerduty.addUser(name),
  };
}
