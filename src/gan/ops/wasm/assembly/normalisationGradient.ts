// The gradients through batch normalisation of [batch, positions, channels]: by its weights, and by its input. The
// images' results are merged in their order, as in normalisation.ts.
import { ImageSumsArguments, MergeSumsArguments, NormalisationGradientArguments } from './layout';
import { multiplyAdd } from './tile';

export function imageSums(args: usize, item: i32): void {
  const a = changetype<ImageSumsArguments>(args);
  const row = (<usize>a.channels) << 2;
  const whole = row & ~31;
  const start = <usize>(item * a.positions) * row;
  const sums = <usize>a.perImage + <usize>(2 * item) * row;
  const products = sums + row;
  for (let at: usize = 0; at < whole; at += 32) {
    const lowMean = v128.load(<usize>a.mean + at);
    const highMean = v128.load(<usize>a.mean + at, 16);
    let low = f32x4.splat(0);
    let high = low;
    let lowProduct = low;
    let highProduct = low;
    let x = <usize>a.x + start + at;
    let dy = <usize>a.dy + start + at;
    for (let p = 0; p < a.positions; p++) {
      const lowDy = v128.load(dy);
      const highDy = v128.load(dy, 16);
      low = f32x4.add(low, lowDy);
      high = f32x4.add(high, highDy);
      lowProduct = multiplyAdd(lowDy, f32x4.sub(v128.load(x), lowMean), lowProduct);
      highProduct = multiplyAdd(highDy, f32x4.sub(v128.load(x, 16), highMean), highProduct);
      x += row;
      dy += row;
    }
    v128.store(sums + at, low);
    v128.store(sums + at, high, 16);
    v128.store(products + at, lowProduct);
    v128.store(products + at, highProduct, 16);
  }
  for (let at = whole; at < row; at += 4) {
    const mean = load<f32>(<usize>a.mean + at);
    let sum: f32 = 0;
    let product: f32 = 0;
    let x = <usize>a.x + start + at;
    let dy = <usize>a.dy + start + at;
    for (let p = 0; p < a.positions; p++) {
      sum += load<f32>(dy);
      product += load<f32>(dy) * (load<f32>(x) - mean);
      x += row;
      dy += row;
    }
    store<f32>(sums + at, sum);
    store<f32>(products + at, product);
  }
}

/** dβ = Σ dy, dγ = Σ dy · (x − mean) / √(variance + ε) */
export function mergeSums(args: usize): void {
  const a = changetype<MergeSumsArguments>(args);
  const row = (<usize>a.channels) << 2;
  for (let at: usize = 0; at < row; at += 4) {
    let sum: f64 = 0;
    let product: f64 = 0;
    let from = <usize>a.perImage + at;
    for (let i = 0; i < a.batch; i++) {
      sum += <f64>load<f32>(from);
      product += <f64>load<f32>(from + row);
      from += row << 1;
    }
    store<f32>(<usize>a.dBeta + at, <f32>sum);
    const deviation = sqrt<f64>(<f64>load<f32>(<usize>a.variance + at) + <f64>a.epsilon);
    store<f32>(<usize>a.dGamma + at, <f32>(product / deviation));
  }
}

/** dx = γ / √(variance + ε) · (dy − dβ/n − x̂ · dγ/n) */
export function normalisationGradient(args: usize, item: i32): void {
  const a = changetype<NormalisationGradientArguments>(args);
  const row = (<usize>a.channels) << 2;
  const whole = row & ~15;
  const start = <usize>(item * a.positions) * row;
  for (let at: usize = 0; at < whole; at += 16) {
    const mean = v128.load(<usize>a.mean + at);
    const deviation = f32x4.sqrt(f32x4.add(v128.load(<usize>a.variance + at), f32x4.splat(a.epsilon)));
    const factor = f32x4.div(v128.load(<usize>a.gamma + at), deviation);
    const shift = f32x4.mul(v128.load(<usize>a.dBeta + at), f32x4.splat(a.share));
    const slope = f32x4.div(f32x4.mul(v128.load(<usize>a.dGamma + at), f32x4.splat(-a.share)), deviation);
    let x = <usize>a.x + start + at;
    let dy = <usize>a.dy + start + at;
    let dx = <usize>a.dx + start + at;
    for (let p = 0; p < a.positions; p++) {
      const value = multiplyAdd(f32x4.sub(v128.load(x), mean), slope, f32x4.sub(v128.load(dy), shift));
      v128.store(dx, f32x4.mul(value, factor));
      x += row;
      dy += row;
      dx += row;
    }
  }
  for (let at = whole; at < row; at += 4) {
    const mean = load<f32>(<usize>a.mean + at);
    const deviation = sqrt<f32>(load<f32>(<usize>a.variance + at) + a.epsilon);
    const factor = load<f32>(<usize>a.gamma + at) / deviation;
    const shift = load<f32>(<usize>a.dBeta + at) * a.share;
    const slope = (load<f32>(<usize>a.dGamma + at) * a.share) / deviation;
    let x = <usize>a.x + start + at;
    let dy = <usize>a.dy + start + at;
    let dx = <usize>a.dx + start + at;
    for (let p = 0; p < a.positions; p++) {
      store<f32>(dx, factor * (load<f32>(dy) - shift - (load<f32>(x) - mean) * slope));
      x += row;
      dy += row;
      dx += row;
    }
  }
}
