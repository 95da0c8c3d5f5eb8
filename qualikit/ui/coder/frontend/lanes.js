// Which column of the margin a coding's stripe stands in. A lane never changes while its coding is there.

export const BREATH = 90; // about one line: two stripes that share a line must not share a lane

const collide = (a, b) => a.s - BREATH < b.e && b.s - BREATH < a.e;

/** Give a lane to every coding of the list that has none, from the start of the text; those that have one keep it. */
export function assignAll(codings) {
  const ends = []; // per lane, where its last coding ends
  const fixed = codings.filter((coding) => coding.lane !== undefined);
  const sorted = codings.filter((coding) => coding.lane === undefined).sort((a, b) => a.s - b.s || b.e - a.e);
  if (fixed.length) {
    for (const coding of sorted) coding.lane = freeLane(coding, codings);
    return;
  }
  for (const coding of sorted) {
    let lane = 0;
    while (lane < ends.length && ends[lane] + BREATH > coding.s) lane += 1;
    coding.lane = lane;
    ends[lane] = Math.max(ends[lane] ?? 0, coding.e);
  }
}

/** The first lane that no neighbour of the coding holds; `wanted`, when that one is free. */
export function freeLane(coding, neighbours, wanted = null) {
  const taken = new Set();
  for (const other of neighbours) {
    if (other !== coding && other.lane !== undefined && collide(coding, other)) taken.add(other.lane);
  }
  if (wanted !== null && !taken.has(wanted)) return wanted;
  let lane = 0;
  while (taken.has(lane)) lane += 1;
  return lane;
}
