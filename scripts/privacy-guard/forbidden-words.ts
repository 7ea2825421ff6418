/** What nothing here is called, because it must not exist: moods of people, and measures of them. */
const moods =
  /^(?:moods?|sentiments?|emotions?|emotional|stress|stressed|engagement|engaged|disengaged|burnout|burned|wellbeing|wellness|happiness|happy|unhappy|morale|attrition|fatigue|fatigued|tired|frustration|frustrated|motivation|motivated|loyalty|toxicity|loneliness|satisfaction|personality|temperament)$/;
const measures =
  /^(?:rank|ranks|ranked|ranking|rankings|leaderboard|leaderboards|league|score|scores|scored|scoring|performer|performers|underperformer|productivity|productive|keystroke|keystrokes|mouse|screenshot|webcam|camera|surveillance|overtime|workaholic|idler|slacker|karma)$/;
const tracked = /^(?:presence|online|location|geolocation|latitude|longitude)$/;
const superlative = /^(?:top|best|worst|most|least|fastest|slowest|laziest|busiest)$/;
const somebody =
  /^(?:person|persons|people|contributor|contributors|author|authors|reviewer|reviewers|member|members|engineer|engineers|developer|developers|committer|committers|assignee|assignees|employee|employees|user|users)$/;

/** Returns the words of a name, in small letters: of `topAuthors`, `top_authors` and `top-authors`. */
export function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
}

/** Returns why nothing may be called so; null where it may. */
export function forbiddenIn(name: string): string | null {
  const words = wordsOf(name);
  const said = words.find((word) => moods.test(word) || measures.test(word) || tracked.test(word));
  if (said !== undefined) return said;
  const place = words.findIndex((word) => superlative.test(word));
  const whom = words.slice(place + 1).find((word) => somebody.test(word));
  return place === -1 || whom === undefined ? null : `${words[place]} ${whom}`;
}
