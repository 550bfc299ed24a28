"""The dialogue side: model configuration, graph components, training and serving."""
