# Everything comes from a registry (Debian, PyPI); docs/dependencies.md says why each is here.
find_package(nlohmann_json 3.10 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(fmt REQUIRED)
find_package(Protobuf REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(Threads REQUIRED)

# Only the generated messages of ONNX are used; its checker and shape inference would pull in much more.
add_library(rkt_onnx_proto INTERFACE)
target_compile_definitions(rkt_onnx_proto INTERFACE ONNX_NAMESPACE=onnx ONNX_ML=1)
target_link_libraries(rkt_onnx_proto INTERFACE onnx_proto protobuf::libprotobuf)

# OpenVINO's wheel carries headers, CMake files and libraries; tools/setup.sh puts it into build/deps.
if(NOT OpenVINO_DIR)
  file(GLOB OpenVINO_DIR ${CMAKE_SOURCE_DIR}/build/deps/venv/lib/python3*/site-packages/openvino/cmake)
endif()
find_package(OpenVINO REQUIRED COMPONENTS Runtime PATHS ${OpenVINO_DIR})
