# Records tapered-normalised.safetensors beside it, with NumPy 2.4.6: `python3 tests/golden/record.py`.
#
# Three training steps of networks that the tutorial does not have: tapered, with other kernels, with batch
# normalisation. It uses neither Ganvas's code nor a framework's. It computes in float64 with gradients written by hand,
# and writes the file only if they match the slopes of its losses. Layouts are TensorFlow's; the file holds:
#
#     <weight>                                the initial weights, moving statistics among them
#     input/{discriminator,generator}_latent  [steps, batch/2 or batch, latent]
#     input/real                              [steps, batch/2, 28, 28, 1], smooth blobs
#     input/drawn_latent                      [count, latent]
#     expected/fake, expected/logits          the first step's fakes, and logits of real images, then fakes
#     expected/gradient/<weight>              the first step's
#     expected/moving/<statistic>             after the first step
#     expected/{discriminator,generator}_loss [steps], in nats
#     expected/drawn, expected/realness       digits drawn after the last step with the moving statistics,
#                                             [count, 28, 28, 1], and the discriminator's probability that each is
#                                             real, [count, 1]
import json
import struct
from pathlib import Path

import numpy as np

FILTERS, BATCH, LATENT, STEPS, KERNEL, D_KERNEL, DRAWN = 8, 8, 10, 3, 5, 5, 4
RATE, BETA1, BETA2, ADAM_EPSILON = 1e-3, 0.5, 0.999, 1e-7
SLOPE, EPSILON, MOMENTUM = 0.2, 1e-3, 0.9
GENERATOR = (FILTERS, FILTERS * 3 // 4, FILTERS // 2)
DISCRIMINATOR = (FILTERS // 2, FILTERS)
NORMALISED = ('dense', 'upsample1', 'upsample2')


# --- Operations, each with its gradients ---


def padded(x, kernel, stride):
    """TensorFlow's 'same' padding, and the size that comes out."""
    size = x.shape[1]
    out = -(-size // stride)
    total = max(0, (out - 1) * stride + kernel - size)
    around = (total // 2, total - total // 2)
    return np.pad(x, ((0, 0), around, around, (0, 0))), around, out


def taps(x, kernel, stride):
    """What each tap of a kernel reads of x: (row, column, [b, out, out, c])."""
    wide, _, out = padded(x, kernel, stride)
    end = stride * (out - 1) + 1
    for row in range(kernel):
        for column in range(kernel):
            yield row, column, wide[:, row : row + end : stride, column : column + end : stride]


def conv(x, w, stride):
    return sum(seen @ w[row, column] for row, column, seen in taps(x, w.shape[0], stride))


def conv_filter_gradient(x, dy, kernel, stride):
    dw = np.zeros((kernel, kernel, x.shape[3], dy.shape[3]))
    for row, column, seen in taps(x, kernel, stride):
        dw[row, column] = np.tensordot(seen, dy, axes=((0, 1, 2), (0, 1, 2)))
    return dw


def conv_input_gradient(dy, w, size, stride):
    """The gradient by the input [b, size, size, c] of a convolution."""
    wide, (before, _), out = padded(np.zeros((dy.shape[0], size, size, w.shape[2])), w.shape[0], stride)
    end = stride * (out - 1) + 1
    for row in range(w.shape[0]):
        for column in range(w.shape[1]):
            wide[:, row : row + end : stride, column : column + end : stride] += dy @ w[row, column].T
    return wide[:, before : before + size, before : before + size]


def leaky(x):
    return np.where(x > 0, x, SLOPE * x)


def leaky_back(dy, x):
    return np.where(x > 0, dy, SLOPE * dy)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def moments(x):
    mean = x.mean((0, 1, 2))
    return mean, ((x - mean) ** 2).mean((0, 1, 2))


def normalised(x, mean, variance):
    return (x - mean) / np.sqrt(variance + EPSILON)


def normalise_back(x, mean, variance, gamma, dy):
    unit = normalised(x, mean, variance)
    d_unit = dy * gamma
    d_x = d_unit - d_unit.mean((0, 1, 2)) - unit * (d_unit * unit).mean((0, 1, 2))
    return d_x / np.sqrt(variance + EPSILON), (dy * unit).sum((0, 1, 2)), dy.sum((0, 1, 2))


# --- The networks ---


def generate(w, latent, moving=False):
    """The images, and what the gradients need; normalised by the batch's moments, or by the moving ones."""
    tape = {}

    def after(name, x):
        if moving:
            mean, variance = w[f'generator/{name}_norm/moving_mean'], w[f'generator/{name}_norm/moving_variance']
        else:
            mean, variance = moments(x)
        gamma, beta = w[f'generator/{name}_norm/gamma'], w[f'generator/{name}_norm/beta']
        scaled = normalised(x, mean, variance) * gamma + beta
        tape[name] = {'x': x, 'mean': mean, 'variance': variance, 'scaled': scaled, 'out': leaky(scaled)}
        return tape[name]['out']

    x = after('dense', (latent @ w['generator/dense/kernel']).reshape(-1, 7, 7, GENERATOR[0]))
    # A transposed convolution is the gradient, by its input, of the convolution that goes the other way.
    x = after('upsample1', conv_input_gradient(x, w['generator/upsample1/kernel'], 14, 2))
    x = after('upsample2', conv_input_gradient(x, w['generator/upsample2/kernel'], 28, 2))
    tape['images'] = sigmoid(conv(x, w['generator/output/kernel'], 1) + w['generator/output/bias'])
    tape['latent'] = latent
    return tape['images'], tape


def generate_back(w, tape, d_images):
    gradients = {}

    def before(name, d_out):
        t = tape[name]
        d_scaled = leaky_back(d_out, t['scaled'])
        gamma = w[f'generator/{name}_norm/gamma']
        dx, d_gamma, d_beta = normalise_back(t['x'], t['mean'], t['variance'], gamma, d_scaled)
        gradients[f'generator/{name}_norm/gamma'], gradients[f'generator/{name}_norm/beta'] = d_gamma, d_beta
        return dx

    d = d_images * tape['images'] * (1 - tape['images'])
    gradients['generator/output/bias'] = d.sum((0, 1, 2))
    gradients['generator/output/kernel'] = conv_filter_gradient(tape['upsample2']['out'], d, KERNEL, 1)
    d = before('upsample2', conv_input_gradient(d, w['generator/output/kernel'], 28, 1))
    for name, previous in (('upsample2', 'upsample1'), ('upsample1', 'dense')):
        gradients[f'generator/{name}/kernel'] = conv_filter_gradient(d, tape[previous]['out'], 4, 2)
        d = before(previous, conv(d, w[f'generator/{name}/kernel'], 2))
    gradients['generator/dense/kernel'] = tape['latent'].T @ d.reshape(len(d), -1)
    return gradients


def judge(w, images):
    first = conv(images, w['discriminator/conv1/kernel'], 2) + w['discriminator/conv1/bias']
    second = conv(leaky(first), w['discriminator/conv2/kernel'], 2) + w['discriminator/conv2/bias']
    flat = leaky(second).reshape(len(images), -1)
    return flat @ w['discriminator/dense/kernel'] + w['discriminator/dense/bias'], (images, first, second, flat)


def judge_back(w, tape, d_logits):
    images, first, second, flat = tape
    gradients = {'discriminator/dense/kernel': flat.T @ d_logits, 'discriminator/dense/bias': d_logits.sum(0)}
    d = leaky_back((d_logits @ w['discriminator/dense/kernel'].T).reshape(second.shape), second)
    gradients['discriminator/conv2/bias'] = d.sum((0, 1, 2))
    gradients['discriminator/conv2/kernel'] = conv_filter_gradient(leaky(first), d, D_KERNEL, 2)
    d = leaky_back(conv_input_gradient(d, w['discriminator/conv2/kernel'], 14, 2), first)
    gradients['discriminator/conv1/bias'] = d.sum((0, 1, 2))
    gradients['discriminator/conv1/kernel'] = conv_filter_gradient(images, d, D_KERNEL, 2)
    return gradients, conv_input_gradient(d, w['discriminator/conv1/kernel'], 28, 2)


def cross_entropy(logits, labels):
    """The mean over the batch, and its gradient by the logits."""
    loss = np.mean(np.maximum(logits, 0) - logits * labels + np.log1p(np.exp(-np.abs(logits))))
    return loss, (sigmoid(logits) - labels) / len(logits)


# --- The half-steps ---


def discriminator_half(w, real, latent):
    fake, _ = generate(w, latent)
    logits, tape = judge(w, np.concatenate([real, fake]))
    loss, d_logits = cross_entropy(logits, np.repeat([[1.0], [0.0]], len(real), 0))
    return loss, judge_back(w, tape, d_logits)[0], {'fake': fake, 'logits': logits}


def generator_half(w, latent):
    images, tape = generate(w, latent)
    logits, judged = judge(w, images)
    loss, d_logits = cross_entropy(logits, np.ones((len(images), 1)))
    _, d_images = judge_back(w, judged, d_logits)
    moving = {}
    for name in NORMALISED:
        for of in ('mean', 'variance'):
            key = f'generator/{name}_norm/moving_{of}'
            moving[key] = MOMENTUM * w[key] + (1 - MOMENTUM) * tape[name][of]
    return loss, generate_back(w, tape, d_images), moving


class Adam:
    """Kingma and Ba 2015, algorithm 1."""

    def __init__(self):
        self.step, self.first, self.second = 0, {}, {}

    def apply(self, w, gradients):
        self.step += 1
        for name, g in gradients.items():
            self.first[name] = BETA1 * self.first.get(name, 0) + (1 - BETA1) * g
            self.second[name] = BETA2 * self.second.get(name, 0) + (1 - BETA2) * g**2
            m = self.first[name] / (1 - BETA1**self.step)
            v = self.second[name] / (1 - BETA2**self.step)
            w[name] = w[name] - RATE * m / (np.sqrt(v) + ADAM_EPSILON)


def check_slopes(w, gradients, loss, random):
    """Each gradient against the loss's slope in a direction of random signs."""
    for name, gradient in gradients.items():
        direction = random.choice([-1.0, 1.0], gradient.shape)
        step = 1e-6
        ahead, behind = (loss({**w, name: w[name] + sign * step * direction}) for sign in (1, -1))
        slope, product = (ahead - behind) / (2 * step), np.sum(gradient * direction)
        if not abs(slope - product) <= 1e-5 * np.abs(gradient).sum():
            raise SystemExit(f'The gradient of {name} is not the slope of the loss: {product}, not {slope}.')


# --- The recording ---


def initial_weights(random):
    f1, f2, f3 = GENERATOR
    d1, d2 = DISCRIMINATOR
    kernels = {
        'generator/dense': (LATENT, 49 * f1),
        'generator/upsample1': (4, 4, f2, f1),
        'generator/upsample2': (4, 4, f3, f2),
        'generator/output': (KERNEL, KERNEL, f3, 1),
        'discriminator/conv1': (D_KERNEL, D_KERNEL, 1, d1),
        'discriminator/conv2': (D_KERNEL, D_KERNEL, d1, d2),
        'discriminator/dense': (49 * d2, 1),
    }
    channels = dict(zip(NORMALISED, GENERATOR))
    w = {}
    for layer, shape in kernels.items():
        limit = np.sqrt(6 / (np.prod(shape[:-2]) * sum(shape[-2:])))
        w[f'{layer}/kernel'] = random.uniform(-limit, limit, shape)
        name = layer.removeprefix('generator/')
        if name in channels:
            # Not the values with which a run begins: each weight must influence what is expected.
            count = channels[name]
            w[f'{layer}_norm/gamma'] = random.uniform(0.5, 1.5, count)
            w[f'{layer}_norm/beta'] = random.uniform(-0.5, 0.5, count)
            w[f'{layer}_norm/moving_mean'] = random.uniform(-0.5, 0.5, count)
            w[f'{layer}_norm/moving_variance'] = random.uniform(0.5, 1.5, count)
        else:
            w[f'{layer}/bias'] = random.uniform(-0.1, 0.1, shape[-1])
    return w


def blobs(random, count):
    """Three soft spots in each image."""
    row, column = np.indices((28, 28))
    images = np.zeros((count, 28, 28, 1))
    for image in images:
        for y, x, width in random.uniform((6, 6, 2), (22, 22, 4), (3, 3)):
            image[..., 0] += np.exp(-((row - y) ** 2 + (column - x) ** 2) / (2 * width**2))
    return np.minimum(images, 1)


def rounded(array):
    """Rounds to float32, the precision of the file: the steps are computed from the rounded numbers."""
    return array.astype('f4').astype('f8')


def main():
    random = np.random.default_rng(28)
    w = {name: rounded(array) for name, array in initial_weights(random).items()}
    inputs = {
        'input/discriminator_latent': rounded(random.normal(size=(STEPS, BATCH // 2, LATENT))),
        'input/generator_latent': rounded(random.normal(size=(STEPS, BATCH, LATENT))),
        'input/real': rounded(blobs(random, STEPS * BATCH // 2).reshape(STEPS, BATCH // 2, 28, 28, 1)),
        'input/drawn_latent': rounded(random.normal(size=(DRAWN, LATENT))),
    }
    recorded = {**w, **inputs}
    adams = {'discriminator': Adam(), 'generator': Adam()}
    losses = {'discriminator': [], 'generator': []}
    for step in range(STEPS):
        given = (inputs['input/real'][step], inputs['input/discriminator_latent'][step])
        loss, gradients, first = discriminator_half(w, *given)
        losses['discriminator'].append(loss)
        if step == 0:
            check_slopes(w, gradients, lambda changed: discriminator_half(changed, *given)[0], random)
            recorded |= {f'expected/{name}': value for name, value in first.items()}
            recorded |= {f'expected/gradient/{name}': value for name, value in gradients.items()}
        adams['discriminator'].apply(w, gradients)
        latent = inputs['input/generator_latent'][step]
        loss, gradients, moving = generator_half(w, latent)
        losses['generator'].append(loss)
        if step == 0:
            check_slopes(w, gradients, lambda changed: generator_half(changed, latent)[0], random)
            recorded |= {f'expected/gradient/{name}': value for name, value in gradients.items()}
            recorded |= {f'expected/moving/{name}': value for name, value in moving.items()}
        adams['generator'].apply(w, gradients)
        w |= moving
    recorded |= {f'expected/{network}_loss': np.array(values) for network, values in losses.items()}
    drawn, _ = generate(w, inputs['input/drawn_latent'], moving=True)
    recorded |= {'expected/drawn': drawn, 'expected/realness': sigmoid(judge(w, drawn)[0])}
    write(Path(__file__).with_name('tapered-normalised.safetensors'), recorded)
    print(losses)


def write(path, arrays):
    metadata = {
        'filters': FILTERS,
        'tapered': 1,
        'outputKernel': KERNEL,
        'discriminatorKernel': D_KERNEL,
        'batchNormalisation': 1,
        'batch': BATCH,
        'latent': LATENT,
        'steps': STEPS,
        'learning_rate': RATE,
        'beta1': BETA1,
        'beta2': BETA2,
        'epsilon': ADAM_EPSILON,
        'leaky_slope': SLOPE,
        'normalisation_epsilon': EPSILON,
        'normalisation_momentum': MOMENTUM,
        'dropout': 0,
        'source': f'NumPy {np.__version__}',
    }
    header, data = {'__metadata__': {name: str(value) for name, value in metadata.items()}}, b''
    for name, array in arrays.items():
        content = np.ascontiguousarray(array, dtype='<f4').tobytes()
        offsets = [len(data), len(data) + len(content)]
        header[name] = {'dtype': 'F32', 'shape': list(array.shape), 'data_offsets': offsets}
        data += content
    text = json.dumps(header, separators=(',', ':')).encode()
    text += b' ' * (-len(text) % 8)
    path.write_bytes(struct.pack('<Q', len(text)) + text + data)


main()
