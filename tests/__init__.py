"""The tests of the kit, its bank of labelled answers, its demo and its benchmark."""
