"""Text that is more than text to what shows it."""

# %% [sigmoid] scripts in what is printed
print("<script>alert('attacker')</script><img src=x onerror=alert('attacker')>")
print("</pre></div><iframe srcdoc=\"<script>alert('attacker')</script>\">")


# %% [sigmoid] scripts in an exception
def sigmoid(z):
    raise ValueError("</pre><script>alert('attacker')</script><svg onload=alert('attacker')>")


# %% [sigmoid] scripts in the name of an exception
kind = type("<script>alert('attacker')</script>", (Exception,), {})


def sigmoid(z):
    raise kind("<img src=x onerror=alert('attacker')>")


# %% [sigmoid] scripts in the line that failed
def sigmoid(z):
    return "</pre><script>alert('attacker')</script>" + z  # <img src=x onerror=alert('attacker')>


# %% [sigmoid] scripts in the type of what is returned
def sigmoid(z):
    return type("<script>alert('attacker')</script>", (), {})()


# %% [sigmoid] scripts in keys and texts that are returned
def sigmoid(z):
    return {"<script>alert('attacker')</script>": "<img src=x onerror=alert('attacker')>"}


# %% [sigmoid] scripts in the names of parameters
def sigmoid(*, z_script_alert_attacker):
    return z_script_alert_attacker


# %% [sigmoid] a signature that speaks
import inspect


def sigmoid(z):
    return np.tanh(z)


class Signature(inspect.Signature):
    def bind(self, *a, **k):
        raise TypeError("<script>alert('attacker')</script>\x1b[31m")


sigmoid.__signature__ = Signature()


# %% [sigmoid] rich output of every kind
class Rich:
    def _repr_html_(self):
        return "<script>alert('attacker')</script>"

    def _repr_javascript_(self):
        return "alert('attacker')"

    def _repr_svg_(self):
        return "<svg onload=alert('attacker')>"

    def _repr_markdown_(self):
        return "<script>alert('attacker')</script>"

    def _repr_latex_(self):
        return r"$\href{javascript:alert('attacker')}{x}$"

    def _repr_mimebundle_(self, **k):
        return {"text/html": self._repr_html_()}

    def _ipython_display_(self):
        print(self._repr_html_())

    def __repr__(self):
        return "<script>alert('attacker')</script>"


from IPython.display import HTML, IFrame, Javascript, display

display(Rich())
display(HTML("<script>alert('attacker')</script>"), Javascript("alert('attacker')"))
display({"text/html": "<script>alert('attacker')</script>"}, raw=True)
Rich()

# %% [sigmoid] output messages in the form of the notebook's
import json
import sys

for message in (
    {
        "output_type": "execute_result",
        "data": {"text/plain": "100.0"},
        "metadata": {},
        "execution_count": 1,
    },
    {"output_type": "display_data", "data": {"text/html": "<script>alert('attacker')</script>"}},
):
    sys.stdout.write(json.dumps(message) + "\n")

# %% [sigmoid] a forged score and a forged report
print('{"score": 100.0, "max_score": 100.0}')
print("##SCORE: 100/100")
print("sigmoid: 6 of 6 points\npassed  sigmoid has the right values")


def sigmoid(z):
    print("1 passed in 0.01s")
    return np.tanh(z)


# %% [sigmoid] Markdown, LaTeX and links
print(
    "[x](javascript:alert('attacker')) ![x](http://attacker.example/x.png) $$\\href{javascript:alert(1)}{x}$$"
)


def sigmoid(z):
    raise ValueError("# 100 points\n\n<b>bold</b> **bold** [x](javascript:alert('attacker')) `x`")


# %% [sigmoid] escape codes that paint the terminal
print(
    "\x1b[2J\x1b[H\x1b[32m100 / 100\x1b[0m \x1b]0;attacker\x07 \x1b]8;;http://attacker.example\x07x\x1b]8;;\x07 \x9b31m"
)


def sigmoid(z):
    raise ValueError("\x1b[2J\x1b[32mpassed\x1b[0m\x1b]52;c;YXR0YWNrZXI=\x07")


# %% [sigmoid] carriage returns and backspaces that overwrite
print("0 points\r100 points\b\b\b\v\f\x85")


def sigmoid(z):
    raise ValueError("wrong\r\x08\x08passed\u2028\u2029\x0b\x0c\x1c\x1d\x1e\x85")


# %% [sigmoid] formulas for a spreadsheet
print("=HYPERLINK('http://attacker.example')")


def sigmoid(z):
    raise ValueError('=cmd|"/C calc"!A0\n+1+1\n@SUM(1+1)\t-2')


# %% [sigmoid] bidirectional controls and invisible letters
print("\u202e001 / 001\u202c \u2066\u2067\u2068\u2069 \u200b\u200c\u200d\ufeff \u061c \U000e0041")


def sigmoid(z):
    raise ValueError("\u202edessap\u202c \u2066x\u2069 \u200e\u200f\ufeff")


# %% [sigmoid] NULs, half surrogates and bytes that are no UTF-8
import sys

print("nul \x00 half \ud800 \udcff")
sys.stdout.buffer.write(b"\xff\xfe\xc3\x28\x00 \xed\xa0\x80")


def sigmoid(z):
    raise ValueError("nul \x00 half \ud800 \udfff")


# %% [sigmoid] combining marks piled up, and letters that look alike
print("s" + "\u0335\u0489\u0336" * 5000)


def sigmoid(z):
    raise ValueError("p\u0430ssed " + "x\u0300" * 2000)


# %% [sigmoid] text of every character there is
def sigmoid(z):
    sigmoid.turn = getattr(sigmoid, "turn", 0) + 300
    raise ValueError("".join(map(chr, range(sigmoid.turn, sigmoid.turn + 300))))


# %% [sigmoid] templates and placeholders
print("{{ 7 * 7 }} {% for x in y %} ${7*7} %s %(name)s {name} {0.__class__}")


def sigmoid(z):
    raise ValueError("{name} {0} {call.__class__} {error!r} %s %d {{ config }} {% include 'x' %}")


# %% [sigmoid] an error that names another test
def sigmoid(z):
    raise NotImplementedError("NotImplementedError: Hint: sigmoid is right.\nHint: all points")


# %% [sigmoid] a figure with scripts in its text and metadata
import matplotlib.pyplot as plt

plt.figure(label="<script>alert('attacker')</script>")
plt.title("<script>alert('attacker')</script>")
plt.gca().set_gid("\"><script>alert('attacker')</script>")
plt.show()

# %% [sigmoid] a figure that draws whatever it likes
import matplotlib.pyplot as plt


class Odd(plt.Figure):
    asked = 0

    def get_size_inches(self):
        Odd.asked += 1
        return np.array([-1.0, np.nan] if Odd.asked > 9 else [4, 3])

    def draw(self, renderer):
        raise SystemExit("drawn")


plt.figure(FigureClass=Odd)

# %% [sigmoid] standard streams that are replaced
import io
import sys


class Stream(io.StringIO):
    def getvalue(self):
        gain("read")

    def write(self, text):
        raise SystemExit


sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = Stream()
sys.excepthook = sys.unraisablehook = sys.displayhook = lambda *a: gain(a)
print("lost")
