// Whether this browser gives back what was drawn: to protect against fingerprinting, some give stripes instead.

const side = 16;

/** Browsers that only blur a little change each value by one or two: too little to spoil a picture. */
const tolerance = 8;

/** The known picture: no two neighbours alike. */
const shadeAt = (pixel: number): number => (pixel * 89) % 256;

/** Draws a known picture and compares what comes back. Also true where there is no canvas: other code says that. */
export function readsBackTruly(): boolean {
  const context = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true });
  if (context === null) return true;
  for (let pixel = 0; pixel < side * side; pixel++) {
    const shade = shadeAt(pixel);
    context.fillStyle = `rgb(${shade} ${shade} ${shade})`;
    context.fillRect(pixel % side, Math.floor(pixel / side), 1, 1);
  }
  const { data } = context.getImageData(0, 0, side, side);
  return data.every((value, i) => {
    const drawn = i % 4 === 3 ? 255 : shadeAt(Math.floor(i / 4));
    return Math.abs(value - drawn) <= tolerance;
  });
}
