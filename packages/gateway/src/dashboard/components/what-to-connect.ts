import type { AnswerMeta } from '@adjutant/core';
import type { MetricSubject } from '@adjutant/core/domain';
import { html, type SafeHtml } from '@adjutant/insights';
import { emptyState, type EmptyState } from './empty-state.ts';

type Next = EmptyState['next'];

const configured = 'in adjutant.config.yaml, then run';
const hosts = `Name a code host (GitHub) or a local clone ${configured}`;
const board = `Name your tracker (Jira, or GitHub issues) ${configured}`;
const builds = `Let GitHub Actions be read, or send events of your own CI to /webhooks/events; name the source ${configured}`;
const outages = `Name where incidents are kept (PagerDuty, or events sent to /webhooks/events) ${configured}`;
const deploys = `Let deployments be read from GitHub, or send them to /webhooks/events; name the source ${configured}`;
const sync = 'adjutant sync';

/** What brings the rows of each subject. */
const nextOf: Readonly<Record<MetricSubject, Next>> = {
  pull_request: { say: hosts, command: sync },
  review: { say: hosts, command: sync },
  deployed_commit: { say: deploys, command: sync },
  deployment: { say: deploys, command: sync },
  release: { say: hosts, command: sync },
  incident: { say: outages, command: sync },
  pipeline_run: { say: builds, command: sync },
  work_item: { say: board, command: sync },
  status_span: { say: board, command: sync },
  action: {
    say: 'Let an assistant propose an action; what waits is on the page',
    link: { href: '/approvals', label: 'Approvals' },
  },
};

/** Returns what to do so that a subject has rows. */
export function nextStepFor(subject: MetricSubject | null): Next {
  return subject === null ? { say: hosts, command: sync } : nextOf[subject];
}

/** Returns the page of a store into which nothing was read yet; null once something was. */
export function nothingReadYet(meta: AnswerMeta, expect: string): SafeHtml | null {
  if (meta.syncedAt !== null) return null;
  return emptyState({
    title: 'No source was read yet',
    expect,
    next: {
      say: 'choose the sources with “adjutant init”, then read them with',
      command: sync,
    },
  });
}

/** Returns what stands in place of a drawing: why there is none, and what would bring it. */
export function insteadOfChart({
  metricId,
  reason,
  subject,
  isKnown,
  longer,
}: {
  metricId: string;
  reason: string | null;
  subject: MetricSubject | null;
  /** Whether the figure itself is known, so that only the window is too short for a course. */
  isKnown: boolean;
  /** The same page over more days. */
  longer: string;
}): SafeHtml {
  if (isKnown) {
    return emptyState({
      title: 'Too short for a course over time',
      expect: 'Once the range holds two full weeks, the figure of each is drawn here.',
      next: { say: 'choose a longer range:', link: { href: longer, label: 'the last 90 days' } },
    });
  }
  return emptyState({
    title: 'Not known here',
    expect: reason ?? 'Nothing in this range tells it.',
    next: settingFor[metricId] ?? onlyIfUnread(nextStepFor(subject)),
  });
}

/** Figures that no source can tell, because only people know what they need. */
const settingFor: Readonly<Record<string, Next>> = {
  flow_efficiency: {
    say: 'name the statuses in which somebody works, under “flow: activeStatuses” of adjutant.config.yaml.',
  },
};

/** The reason says what is missing; where other rows of the source are there, it is not the source. */
function onlyIfUnread(next: Next): Next {
  const [first = '', ...rest] = next.say;
  return {
    ...next,
    say: `where the source is not read yet: ${first.toLowerCase()}${rest.join('')}`,
  };
}

/** Returns why a figure cannot be told for what a page is narrowed to. */
export function refusedFigure(title: string, refused: string, everything: string): SafeHtml {
  return html`<article class="plot"><div class="plot-head"><h3>${title}</h3></div>${emptyState({
    title: 'Not told for this repository',
    expect: refused,
    next: { say: 'look at it for', link: { href: everything, label: 'all repositories' } },
  })}</article>`;
}
