import type { Team } from '@adjutant/core/domain';
import { html, type SafeHtml } from '@adjutant/insights';
import { offeredDays, type PageQuery } from '../page-query.ts';
import { keptQuery } from './query-links.ts';

/** What a page can be narrowed to. */
export interface FilterChoices {
  teams: readonly Pick<Team, 'id' | 'name'>[];
  /** Names of repositories, as figures are asked about them. */
  repositories: readonly string[];
}

/** Returns the range, team and repository of a page, as links and a form that work without a script. */
export function filterBar(path: string, query: PageQuery, choices: FilterChoices): SafeHtml {
  const presets = offeredDays.map((days) => {
    const address = `${path}${keptQuery({ ...query, days, isUsualRange: false })}`;
    const label = html`${days}<span class="aside"> days</span>`;
    return query.days === days
      ? html`<li><a href="${address}" aria-current="true">${label}</a></li>`
      : html`<li><a href="${address}">${label}</a></li>`;
  });
  return html`<section class="filters" aria-label="What this page counts"><div class="presets"><span id="presets-name">Last days</span><ul aria-labelledby="presets-name">${presets}</ul></div><form method="get" action="${path}" class="filter-form">${query.days !== null && html`<input type="hidden" name="days" value="${query.days}">`}<label>From<input type="date" name="from" value="${query.fromDay}" max="${query.today}"></label><label>to<input type="date" name="to" value="${query.toDay}" max="${query.today}"></label>${teamField(query, choices)}${repositoryField(query, choices)}<button class="plain">Apply</button>${isNarrowed(query) ? html`<a class="reset" href="${path}">Show all</a>` : null}</form></section>`;
}

function isNarrowed({ isUsualRange, teamId, repository }: PageQuery): boolean {
  return !isUsualRange || teamId !== null || repository !== null;
}

function teamField({ teamId }: PageQuery, { teams }: FilterChoices): SafeHtml | null {
  if (teams.length < 2 && teamId === null) return null;
  const options = teams.map(({ id, name }) => option(id, name, id === teamId));
  return html`<label>Team<select name="team"><option value="">All</option>${options}</select></label>`;
}

function repositoryField(
  { repository }: PageQuery,
  { repositories }: FilterChoices,
): SafeHtml | null {
  if (repositories.length < 2 && repository === null) return null;
  const names =
    repository === null || repositories.includes(repository)
      ? repositories
      : [repository, ...repositories];
  const options = names.map((name) => option(name, name, name === repository));
  return html`<label>Repository<select name="repository"><option value="">All</option>${options}</select></label>`;
}

function option(value: string, label: string, isChosen: boolean): SafeHtml {
  return isChosen
    ? html`<option value="${value}" selected>${label}</option>`
    : html`<option value="${value}">${label}</option>`;
}
