import {
  createJiraData,
  createPagerdutyData,
  createSlackData,
  type GeneratedTeam,
  type JiraData,
  type PagerdutyData,
  type SlackData,
} from '@adjutant/connectors/testing';
import { demoDays } from './demo-days.ts';
import { addDemoPerson, type DeclaredAccounts } from './demo-people.ts';
import { plantBoard, plantFollowUp } from './plant-board.ts';
import { plantChannel } from './plant-channel.ts';
import { plantIncidents } from './plant-incidents.ts';

/** The team's board, channel and incidents, and who is who in them. */
export interface TeamAtWork {
  jira: JiraData;
  /** Whose tokens the tracker knows. */
  owner: JiraData['users'][number];
  slack: SlackData;
  pagerduty: PagerdutyData;
  people: DeclaredAccounts[];
}

/** Returns what a generated team plans, says and mends, beside what it commits. */
export function teamAtWork({ seed, members, truth }: GeneratedTeam): TeamAtWork {
  const places = {
    jira: createJiraData(),
    slack: createSlackData(),
    pagerduty: createPagerdutyData(),
  };
  const made = members.map((member) => addDemoPerson(places, member));
  const people = made.map(({ person }) => person);
  const [first] = people;
  if (first === undefined) throw new RangeError('Nobody is in the team.');
  const days = demoDays(truth.window.to, seed);
  const { blockedKey } = plantBoard(places.jira, days, people);
  plantChannel(places.slack, days, people, blockedKey);
  const followUp = plantIncidents(places.pagerduty, days, people);
  plantFollowUp({ jira: places.jira, days, people }, followUp);
  return { ...places, owner: first.jira, people: made.map(({ declared }) => declared) };
}
