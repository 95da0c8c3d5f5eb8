// Tints and stripes from a code's colour, readable on the page they stand on (contrast as WCAG 2 computes it).

export function parse(colour, fallback = "#888888") {
  const text = String(colour ?? "").trim();
  let found = /^#([0-9a-f]{3})$/i.exec(text);
  if (found) return [...found[1]].map((c) => parseInt(c + c, 16));
  found = /^#([0-9a-f]{6})/i.exec(text);
  if (found) return [0, 2, 4].map((i) => parseInt(found[1].slice(i, i + 2), 16));
  found = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)/i.exec(text);
  if (found) return found.slice(1, 4).map(Number);
  return parse(fallback);
}

function luminance([r, g, b]) {
  const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * x + 0.7152 * y + 0.0722 * z;
}

export function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

export function mix(one, other, share) {
  return one.map((c, i) => Math.round(c * share + other[i] * (1 - share)));
}

const css = (rgb) => `rgb(${rgb.join(", ")})`;

/** The colour itself, moved towards the text's until it stands out of the page by `least`. */
function standing(colour, page, ink, least = 3) {
  let rgb = parse(colour);
  for (let step = 0; step < 20 && contrast(rgb, page) < least; step += 1) rgb = mix(rgb, ink, 0.85);
  return rgb;
}

/**
 * Stripe and background of a code on a page. The tint is translucent, so that overlapping codes show through; its
 * strength goes down until three of them together still leave the ink readable, and one of them the palest text.
 */
export function tints(colour, page, ink, palest = ink) {
  const stripe = standing(colour, page, ink);
  let alpha = 0.3;
  const layers = (n) => Array.from({ length: n }).reduce((under) => mix(stripe, under, alpha), page);
  while (alpha > 0.12 && (contrast(layers(3), ink) < 4.5 || contrast(layers(1), palest) < 4.5)) alpha -= 0.02;
  return { stripe: css(stripe), tint: `rgba(${stripe.join(", ")}, ${alpha.toFixed(2)})` };
}

/** The colour that Python gives the next code (coding/colors.py): the one of the palette that the fewest codes have. */
export function nextColour(codes, palette) {
  const used = new Map();
  for (const { color } of codes) used.set(color, (used.get(color) ?? 0) + 1);
  return palette.map(([color]) => color).reduce((best, each) => ((used.get(each) ?? 0) < (used.get(best) ?? 0) ? each : best));
}
