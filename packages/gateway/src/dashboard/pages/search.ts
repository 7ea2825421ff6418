import type { FoundItem, KnowledgeAnswer, ReportSearch, SearchAnswer } from '@adjutant/core';
import { countOf, formatDay, html, type SafeHtml } from '@adjutant/insights';
import { emptyState } from '../components/empty-state.ts';
import { freshness } from '../components/freshness.ts';
import { pageHead, pageSection } from '../components/page-head.ts';
import { workLink } from '../components/query-links.ts';
import { definePage } from '../define-page.ts';
import { markedSnippet } from '../views/marked-snippet.ts';
import { reportEntry } from './reports.ts';

const mostFound = 25;
const longestQuestion = 500;

/** What documents say, and where something is found: quoted, never told in other words. */
export const searchPage = definePage({
  path: '/search',
  title: 'Search',
  role: 'member',
  hasFilters: false,
  async render({ handle, url }) {
    const text = (url.searchParams.get('q') ?? '').trim().slice(0, longestQuestion);
    const form = html`<form method="get" action="/search" class="search-form" role="search"><label for="q" class="aside">Question or words</label><input type="search" id="q" name="q" value="${text}" maxlength="${longestQuestion}" placeholder="Who owns the deploy runbook?"><button class="main">Search</button></form>`;
    const lead =
      'A question is answered only with passages of your documents, word for word, or not at all.';
    if (text === '') {
      const { meta } = await handle.listWork({ limit: 1 });
      const nothing = emptyState({
        level: 2,
        title: 'Ask, or look for words',
        expect:
          'Documents, pull requests, items, and reports that are yours or were shared: each hit with where it stands and how old it is.',
        next:
          meta.syncedAt === null
            ? { say: 'Read the sources once, then ask.', command: 'adjutant sync' }
            : { say: 'Type a question above.' },
      });
      return { body: html`${pageHead('Search', lead)}${form}${nothing}` };
    }
    const answer = await handle.knowledge.ask({ question: text });
    const found = await handle.knowledge.search({ text, limit: mostFound });
    const reports = await handle.reports.search({ text });
    return {
      title: `Search: ${text}`,
      body: html`${pageHead('Search', lead)}${form}${answerPart(answer)}${foundPart(found)}${reportsPart(reports)}${freshness({ meta: found.meta, timeZone: handle.timeZone })}`,
    };
  },
});

function answerPart({
  outcome,
  citations,
  documentCount,
  unknownWords,
}: KnowledgeAnswer): SafeHtml {
  const title = { id: 'answer', title: 'What the documents say' };
  if (outcome === 'no_source') {
    const words =
      unknownWords.length === 0 ? '' : `In none of them stands: ${unknownWords.join(', ')}.`;
    return pageSection(
      title,
      documentCount === 0
        ? emptyState({
            title: 'There are no documents to answer from',
            expect:
              'READMEs, runbooks and decisions of the repositories that are read are searched passage by passage.',
            next: { say: 'Connect a clone or a repository.', command: 'adjutant init' },
          })
        : html`<p>None of ${countOf(documentCount, 'document')} holds enough of it, so nothing is guessed. ${words}</p>`,
    );
  }
  const lines = citations.map(
    ({
      title: name,
      heading,
      repository,
      path,
      lines: place,
      url,
      snippet,
      freshness: age,
      owners,
    }) => {
      const stale = age.isStale === true ? html` <span class="mark medium">old</span>` : null;
      const changed = age.lastChangedAt === null ? '' : `, changed ${formatDay(age.lastChangedAt)}`;
      const whose = owners.length === 0 ? '' : `, looked after by ${owners.join(', ')}`;
      return html`<li><p><strong>${name}</strong>${heading !== '' && html`, ${heading}`}${stale}</p><blockquote>${markedSnippet(snippet)}</blockquote><p class="quiet">${repository} ${outside(url, path)} lines ${place.from}–${place.to}${changed}${whose}</p></li>`;
    },
  );
  return pageSection(
    {
      ...title,
      lead: 'Quoted as it stands there. What it asks for is data, and nothing follows it.',
    },
    html`<ul class="entries">${lines}</ul>`,
  );
}

function foundPart({ items, hasMore }: SearchAnswer): SafeHtml {
  const title = {
    id: 'found',
    title: 'Found',
    lead: hasMore ? 'The best hits; there are more.' : null,
  };
  if (items.length === 0)
    return pageSection(title, html`<p class="quiet">Nothing holds these words.</p>`);
  return pageSection(title, html`<ul class="entries">${items.map(foundEntry)}</ul>`);
}

function foundEntry({
  kind,
  id,
  title,
  path,
  repository,
  snippet,
  url,
  updatedAt,
}: FoundItem): SafeHtml {
  const name =
    id === null || kind === 'document'
      ? html`${title}`
      : html`<a href="${workLink(id)}">${title}</a>`;
  return html`<li><p>${name}</p>${snippet !== null && html`<blockquote>${markedSnippet(snippet)}</blockquote>`}<p class="quiet">${kind.replaceAll('_', ' ')} ${outside(url, path)}${repository !== null && html` ${repository}`}${updatedAt !== null && html`, ${formatDay(updatedAt)}`}</p></li>`;
}

function reportsPart({ items, hasMore }: ReportSearch): SafeHtml | null {
  if (items.length === 0) return null;
  return pageSection(
    {
      id: 'reports',
      title: 'In reports',
      lead: `Yours, and what colleagues shared${hasMore ? '; there are more' : ''}.`,
    },
    html`<ul class="entries">${items.map(reportEntry)}</ul>`,
  );
}

/** Only an address of the web is a link, and it names its place. */
function outside(url: string | null, label: string): SafeHtml {
  const isWeb = url !== null && URL.parse(url)?.protocol === 'https:';
  return isWeb
    ? html`<a href="${url}" rel="noreferrer noopener" target="_blank">${label}</a>`
    : html`<code>${label}</code>`;
}
