// The kernels around the convolutions, each in one pass over memory: bias gradients, dropout, Adam.
import { leaky } from './gather';
import { AdamArguments, DropoutArguments, elementsPerItem, SumPositionsArguments } from './layout';

export function sumPositions(args: usize, item: i32): void {
  const a = changetype<SumPositionsArguments>(args);
  let from = <usize>a.input + ((<usize>item * a.positions * a.columns) << 2);
  const to = <usize>a.output + ((<usize>item * a.columns) << 2);
  const bytes = (<usize>a.columns) << 2;
  memory.fill(to, 0, bytes);
  const whole = bytes & ~15;
  for (let p = 0; p < a.positions; p++) {
    let at: usize = 0;
    for (; at < whole; at += 16) v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(from + at)));
    for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(to + at) + load<f32>(from + at));
    from += bytes;
  }
}

@inline
function mix(x: v128): v128 {
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 17)), i32x4.splat(0xed5ad4bb));
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 11)), i32x4.splat(0xac4c1b51));
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 15)), i32x4.splat(0x31848bab));
  return v128.xor(x, i32x4.shr_u(x, 14));
}

export function dropout(args: usize, item: i32): void {
  const a = changetype<DropoutArguments>(args);
  const end = min(a.size, (item + 1) * elementsPerItem);
  const threshold = i32x4.splat(a.threshold);
  const scale = f32x4.splat(a.scale);
  // 4 draws make 8 masks: the low halves are the even elements, the high halves the odd ones.
  for (let i = item * elementsPerItem; i < end; i += 8) {
    let even = scale;
    let odd = scale;
    if (a.threshold > 0) {
      const index = i32x4.add(i32x4.splat((a.start + i) >>> 1), i32x4(0, 1, 2, 3));
      const bits = mix(v128.xor(mix(v128.xor(index, i32x4.splat(a.low))), i32x4.splat(a.high)));
      even = v128.andnot(scale, i32x4.lt_u(v128.and(bits, i32x4.splat(0xffff)), threshold));
      odd = v128.andnot(scale, i32x4.lt_u(i32x4.shr_u(bits, 16), threshold));
    }
    const first = i8x16.shuffle(even, odd, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
    const second = i8x16.shuffle(even, odd, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31);
    const at = (<usize>i) << 2;
    if (i + 8 <= end) {
      drop(a, at, first);
      drop(a, at + 16, second);
    } else {
      for (let n = 0; n < end - i; n++) {
        // The last few one by one: a vector store would write beyond the end.
        const mask = n < 4 ? lane(first, n) : lane(second, n - 4);
        const place = at + ((<usize>n) << 2);
        let value = load<f32>(<usize>a.input + place) * mask;
        if (a.gate && load<f32>(<usize>a.gate + place) <= 0) value *= a.slope;
        store<f32>(<usize>a.output + place, value);
      }
    }
  }
}

function lane(values: v128, index: i32): f32 {
  if (index === 0) return f32x4.extract_lane(values, 0);
  if (index === 1) return f32x4.extract_lane(values, 1);
  return index === 2 ? f32x4.extract_lane(values, 2) : f32x4.extract_lane(values, 3);
}

@inline
function drop(a: DropoutArguments, at: usize, mask: v128): void {
  let value = f32x4.mul(v128.load(<usize>a.input + at), mask);
  if (a.gate) value = leaky(value, v128.load(<usize>a.gate + at), a.slope);
  v128.store(<usize>a.output + at, value);
}

export function adam(args: usize, item: i32): void {
  const a = changetype<AdamArguments>(args);
  const end = (<usize>min(a.size, (item + 1) * elementsPerItem)) << 2;
  let at = (<usize>(item * elementsPerItem)) << 2;
  const beta1 = f32x4.splat(a.beta1);
  const beta2 = f32x4.splat(a.beta2);
  const rest1 = f32x4.splat(a.rest1);
  const rest2 = f32x4.splat(a.rest2);
  const rate = f32x4.splat(a.rate);
  const correction = f32x4.splat(a.correction);
  const epsilon = f32x4.splat(a.epsilon);
  for (; at + 16 <= end; at += 16) {
    const g = v128.load(<usize>a.gradient + at);
    const m = f32x4.add(f32x4.mul(v128.load(<usize>a.first + at), beta1), f32x4.mul(g, rest1));
    const v = f32x4.add(f32x4.mul(v128.load(<usize>a.second + at), beta2), f32x4.mul(f32x4.mul(g, g), rest2));
    v128.store(<usize>a.first + at, m);
    v128.store(<usize>a.second + at, v);
    const step = f32x4.div(f32x4.mul(m, rate), f32x4.add(f32x4.mul(f32x4.sqrt(v), correction), epsilon));
    v128.store(<usize>a.variable + at, f32x4.sub(v128.load(<usize>a.variable + at), step));
  }
  for (; at < end; at += 4) {
    const g = load<f32>(<usize>a.gradient + at);
    const m = load<f32>(<usize>a.first + at) * a.beta1 + g * a.rest1;
    const v = load<f32>(<usize>a.second + at) * a.beta2 + g * g * a.rest2;
    store<f32>(<usize>a.first + at, m);
    store<f32>(<usize>a.second + at, v);
    const step = (m * a.rate) / (sqrt<f32>(v) * a.correction + a.epsilon);
    store<f32>(<usize>a.variable + at, load<f32>(<usize>a.variable + at) - step);
  }
}
