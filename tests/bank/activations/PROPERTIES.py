# %% [wrong] mish unbounded below, as the article has it
# hint: mish: "infimum"
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -np.inf, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [wrong] mish's infimum 0
# hint: mish: "infimum"
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [wrong] mish's infimum -0.31: two digits
# hint: mish: "infimum"
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.31, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [wrong] mish's minimum's place, not its value
# hint: mish: "infimum"
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -1.1924, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [wrong] mish monotonic
# hint: One row of "monotonic" | Several rows of "monotonic"
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": True},
}

# %% [wrong] mish saturates nowhere
# hint: One row of "saturates" | Several rows of "saturates"
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "neither", "monotonic": False},
}

# %% [wrong] elu unbounded below
# hint: elu: "infimum"
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -np.inf, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [wrong] elu's infimum 0
# hint: elu: "infimum"
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [wrong] elu saturates nowhere
# hint: One row of "saturates" | Several rows of "saturates"
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "neither", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [wrong] relu saturates on the right
# hint: One row of "saturates" | Several rows of "saturates"
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "right", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [wrong] relu saturates nowhere
# hint: One row of "saturates" | Several rows of "saturates"
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "neither", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [wrong] relu bounded by 1
# hint: relu: "supremum"
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": 1.0, "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [wrong] relu from minus infinity
# hint: relu: "infimum"
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": -np.inf, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [wrong] leaky_relu saturates on the left
# hint: One row of "saturates" | Several rows of "saturates"
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "leaky_relu": {"infimum": -np.inf, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [wrong] leaky_relu bounded below by 0
# hint: leaky_relu: "infimum"
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "leaky_relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "neither", "monotonic": True},
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [wrong] leaky_relu bounded below by -alpha
# hint: leaky_relu: "infimum"
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "leaky_relu": {"infimum": -0.01, "supremum": np.inf, "saturates": "neither", "monotonic": True},
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [wrong] leaky_relu not monotonic
# hint: One row of "monotonic" | Several rows of "monotonic"
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": False,
    },
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [wrong] sigmoid from -1
# hint: sigmoid: "infimum"
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [wrong] sigmoid saturates on the right only
# hint: One row of "saturates" | Several rows of "saturates"
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "right", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [wrong] tanh from 0
# hint: tanh: "infimum"
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [wrong] tanh within pi/2
# hint: tanh: "infimum"
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -np.pi / 2, "supremum": np.pi / 2, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [wrong] step saturates nowhere
# hint: One row of "saturates" | Several rows of "saturates"
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "neither", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [wrong] step not monotonic
# hint: One row of "monotonic" | Several rows of "monotonic"
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": False},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [wrong] step from -1
# hint: step: "infimum"
PROPERTIES = {
    "step": {"infimum": -1, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [wrong] a large number for infinity
# hint: relu: "supremum"
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": 1e308, "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": 1e308,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": 1e308, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": 1e308, "saturates": "left", "monotonic": False},
}

# %% [wrong] saturates as True or False
# hint: One of the four | Some rows of "saturates"
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": True, "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": True, "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": True, "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": True, "monotonic": True},
    "leaky_relu": {"infimum": -np.inf, "supremum": np.inf, "saturates": False, "monotonic": True},
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": True, "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": True, "monotonic": False},
}

# %% [wrong] infinity as text
# hint: A number, not a text
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": "infinity", "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": "infinity",
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": "infinity", "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": "infinity", "saturates": "left", "monotonic": False},
}

# %% [wrong] NaN for relu's supremum
# hint: relu: "supremum"
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": float("nan"), "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [wrong] one value missing
# hint: Keep the columns
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both"},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [wrong] one function missing
# hint: Keep the rows
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [wrong] extremes over [-5, 5] only
# hint: sigmoid: "infimum"
z = np.linspace(-5, 5, 10001)
SATURATES = {"relu": "left", "leaky_relu": "neither", "elu": "left", "mish": "left"}
PROPERTIES = {
    f.__name__: {
        "infimum": float(np.min(f(z))),
        "supremum": float(np.max(f(z))),
        "saturates": SATURATES.get(f.__name__, "both"),
        "monotonic": f is not mish,
    }
    for f in [step, sigmoid, tanh, relu, leaky_relu, elu, mish]
}


# %% [wrong] a function that returns the table
# hint: where its result belongs
def PROPERTIES():
    return {
        "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
        "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
        "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
        "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
        "leaky_relu": {
            "infimum": -np.inf,
            "supremum": np.inf,
            "saturates": "neither",
            "monotonic": True,
        },
        "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
        "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": False},
    }


# %% [wrong] the functions for keys
# hint: where its result belongs
PROPERTIES = {
    step: {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    sigmoid: {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    tanh: {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    relu: {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    leaky_relu: {"infimum": -np.inf, "supremum": np.inf, "saturates": "neither", "monotonic": True},
    elu: {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    mish: {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [right] a plain table
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [right] float('inf') and rounded to four digits
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": float("inf"), "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": float("inf"),
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": float("inf"), "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.3088, "supremum": float("inf"), "saturates": "left", "monotonic": False},
}

# %% [right] three digits are within 1e-3
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.309, "supremum": np.inf, "saturates": "left", "monotonic": False},
}

# %% [right] ints for floats, 1 and 0 for True and False
PROPERTIES = {
    "step": {"infimum": 0, "supremum": 1, "saturates": "both", "monotonic": 1},
    "sigmoid": {"infimum": 0, "supremum": 1.0, "saturates": "both", "monotonic": 1},
    "tanh": {"infimum": -1, "supremum": 1.0, "saturates": "both", "monotonic": 1},
    "relu": {"infimum": 0, "supremum": np.inf, "saturates": "left", "monotonic": 1},
    "leaky_relu": {"infimum": -np.inf, "supremum": np.inf, "saturates": "neither", "monotonic": 1},
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": 1},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": 0},
}

# %% [right] NumPy scalars
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": np.int64(1), "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {
        "infimum": np.float64(-0.30884),
        "supremum": np.inf,
        "saturates": "left",
        "monotonic": np.bool_(False),
    },
}

# %% [right] one more function than asked for
PROPERTIES = {
    "step": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "sigmoid": {"infimum": 0.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "tanh": {"infimum": -1.0, "supremum": 1.0, "saturates": "both", "monotonic": True},
    "relu": {"infimum": 0.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "leaky_relu": {
        "infimum": -np.inf,
        "supremum": np.inf,
        "saturates": "neither",
        "monotonic": True,
    },
    "elu": {"infimum": -1.0, "supremum": np.inf, "saturates": "left", "monotonic": True},
    "mish": {"infimum": -0.30884, "supremum": np.inf, "saturates": "left", "monotonic": False},
    "identity": {"infimum": -np.inf, "supremum": np.inf, "saturates": "neither", "monotonic": True},
}

# %% [right] rows zipped with names
import math

NAMES = ("infimum", "supremum", "saturates", "monotonic")
ROWS = {
    "step": (0, 1, "both", True),
    "sigmoid": (0, 1, "both", True),
    "tanh": (-1, 1, "both", True),
    "relu": (0, math.inf, "left", True),
    "leaky_relu": (-math.inf, math.inf, "neither", True),
    "elu": (-1, math.inf, "left", True),
    "mish": (-0.3088, math.inf, "left", False),
}
PROPERTIES = {f: dict(zip(NAMES, row, strict=True)) for f, row in ROWS.items()}


# %% [right] mish's minimum by a search
def row(infimum, supremum, saturates, monotonic=True):
    return {
        "infimum": infimum,
        "supremum": supremum,
        "saturates": saturates,
        "monotonic": monotonic,
    }


z = np.linspace(-3, 0, 30001)
lowest = np.min(z * np.tanh(np.log1p(np.exp(z))))
PROPERTIES = {}
PROPERTIES["step"] = row(0.0, 1.0, "both")
PROPERTIES["sigmoid"] = row(0.0, 1.0, "both")
PROPERTIES["tanh"] = row(-1.0, 1.0, "both")
PROPERTIES["relu"] = row(0.0, np.inf, "left")
PROPERTIES["leaky_relu"] = row(-np.inf, np.inf, "neither")
PROPERTIES["elu"] = row(-1.0, np.inf, "left")
PROPERTIES["mish"] = row(float(lowest), np.inf, "left", monotonic=False)
