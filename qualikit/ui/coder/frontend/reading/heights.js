// Where each card of a long list stands, in pixels: all are of one height but those that are open, and groups have
// a heading before their first card.

export class Heights {
  /** @param groups [[label, first, size]] in order, without gaps */
  constructor(total, groups, { card, heading }) {
    this.total = total;
    this.firsts = groups.map(([, first]) => first);
    this.card = card;
    this.heading = heading;
    this.others = []; // [place, height more than a card's], in order
  }

  /** The group of a card, by its place. */
  group(place) {
    let [low, high] = [0, this.firsts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.firsts[middle] <= place) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  begins(place) {
    const group = this.group(place);
    return group >= 0 && this.firsts[group] === place;
  }

  set(place, height) {
    const others = this.others.filter(([other]) => other !== place);
    if (height !== this.card) others.push([place, height - this.card]);
    this.others = others.sort((a, b) => a[0] - b[0]);
  }

  /** Where a card begins, its group's heading not counted in. */
  top(place) {
    let more = 0;
    for (const [other, height] of this.others) {
      if (other >= place) break;
      more += height;
    }
    return place * this.card + (this.group(place) + 1) * this.heading + more;
  }

  /** Where it ends, the space below it included. */
  bottom(place) {
    return this.top(place) + this.card + (this.others.find(([other]) => other === place)?.[1] ?? 0);
  }

  get height() {
    return this.total ? this.bottom(this.total - 1) : 0;
  }

  /** The last card that begins at or above y; the first where none does. */
  at(y) {
    let [low, high] = [0, Math.max(0, this.total - 1)];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.top(middle) - (this.begins(middle) ? this.heading : 0) <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
